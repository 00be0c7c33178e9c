using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Integration.ProcessCore.Tests.Persistence;

namespace Integration.ProcessCore.Tests.Api;

/// <summary>A file is read in the encoding that it says it is in.</summary>
public sealed class EncodingTests : CoreTest
{
    private const string Text = "Prüfung";

    private static string Xml(string? encoding) =>
        new Drawing()
            .Start()
            .Service("Call", inputs: [("text", $"=\"{Text}\"")])
            .End()
            .Flow("Start", "Call", "End")
            .Xml.Replace("encoding=\"UTF-8\"", encoding is null ? "" : $"encoding=\"{encoding}\"");

    private static async Task<HttpResponseMessage> PostAsync(Core core, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        return await core.Http.PostAsync("/definitions", content);
    }

    [Theory]
    [InlineData("ISO-8859-1", "iso-8859-1", false)]
    [InlineData("iso-8859-1", "iso-8859-1", false)]
    [InlineData("ISO-8859-15", "iso-8859-15", false)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("windows-1250", "windows-1250", false)]
    [InlineData("IBM850", "ibm850", false)]
    [InlineData("UTF-8", "utf-8", false)]
    [InlineData("UTF-8", "utf-8", true)]
    [InlineData(null, "utf-8", false)]
    [InlineData("UTF-16", "utf-16", true)]
    [InlineData("UTF-16", "utf-16BE", true)]
    [InlineData("UTF-16LE", "utf-16", false)]
    [InlineData("UTF-16BE", "utf-16BE", false)]
    [InlineData(null, "utf-16", true)]
    [InlineData("UTF-16", "utf-8", false)]
    [InlineData("UTF-32", "utf-32", true)]
    [InlineData("cp1252", "windows-1252", false)]
    public async Task Its_letters_reach_the_task(string? declared, string encoding, bool hasMark)
    {
        await using var core = await StartAsync();
        var written = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        using var answer = await PostAsync(
            core,
            [.. hasMark ? written.GetPreamble() : [], .. written.GetBytes(Xml(declared))]
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        await core.BeginAsync();
        await RequestedAsync(1);
        Bus.Requests[0].Inputs.GetProperty("text").GetString().ShouldBe(Text);
    }

    [Theory]
    [InlineData("UTF-8", "iso-8859-1", "not in the encoding")]
    [InlineData("US-ASCII", "iso-8859-1", "not in the encoding")]
    [InlineData("UTF-16", "iso-8859-1", "not in the encoding")]
    [InlineData("KOI-9", "utf-8", "'KOI-9', which is not known")]
    [InlineData("UTF-7", "utf-8", "'UTF-7', which is not known")]
    public async Task What_is_not_in_its_encoding_is_refused(string declared, string encoding, string reason)
    {
        await using var core = await StartAsync();

        using var answer = await PostAsync(core, Encoding.GetEncoding(encoding).GetBytes(Xml(declared)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(JsonEncoded(reason));
        (await core.CountAsync("definitions")).ShouldBe(0);
    }

    private static string JsonEncoded(string text) => text.Split('\'')[^1];
}
