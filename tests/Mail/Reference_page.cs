using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Fixtures;
using Integration.Mail.Accounts;
using Integration.Mail.Send;
using Integration.Testing;

namespace Integration.Mail.Tests;

public sealed partial class Reference_page
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/mail.md"));

    [Fact]
    public async Task Its_example_sends_and_returns_what_it_says()
    {
        var blocks = Blocks().Matches(_page).Select(block => block.Groups["text"].Value).ToList();
        var (inputs, text, html, outputs) = (
            JsonNode.Parse(blocks[0])!,
            blocks[1],
            blocks[2],
            JsonNode.Parse(blocks[3])!
        );
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => line.StartsWith("RCPT", StringComparison.Ordinal) ? "250 2.1.5 fine\r\n" : null
        );
        await using var service = await server.ServiceAsync("--Mail:Accounts:default:From=shop@example.org");

        var answer = await service.SendAsync(
            ServiceHarness.Request("mail.send", inputs) with
            {
                TaskId = outputs["messageId"]!.GetValue<string>()[1..].Split('@')[0],
            }
        );

        var result = JsonNode.Parse(answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText())!;
        result.ToJsonString().ShouldBe(outputs.ToJsonString());
        var mail = await ParsedMail.ReadAsync(server.Messages.ShouldHaveSingleItem());
        _page.ShouldContain($"the subject `{mail["Subject"]}`");
        mail.Body.Parts[0].Text.ReplaceLineEndings("\n").ShouldBe(text);
        mail.Body.Parts[1].Text.ShouldBe(html.TrimEnd());
    }

    [Fact]
    public void It_lists_every_input_and_output()
    {
        foreach (var property in Properties(typeof(SendOperation.Input), typeof(SendOperation.Output)))
            _page.ShouldContain($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` |");
        foreach (var property in Properties(typeof(Attachment), typeof(InlineImage), typeof(RecipientAnswer)))
            _page.ShouldContain($"`{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}`");
    }

    [Fact]
    public void It_lists_every_setting_with_its_default()
    {
        var defaults = new MailOptions();
        foreach (var property in Properties(typeof(MailOptions)).Where(property => property.CanWrite))
            _page.ShouldContain($"| `{MailOptions.Section}__{property.Name}` | `{property.GetValue(defaults)}` |");
        foreach (var property in Properties(typeof(AccountOptions)))
            _page.ShouldContain($"`{property.Name}`");
    }

    [Fact]
    public void It_explains_every_error_code()
    {
        var codes = Directory
            .EnumerateFiles(RepositoryFolder.File("services/Mail"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        codes.Count.ShouldBeGreaterThan(18);
        foreach (var code in codes)
            _page.ShouldContain($"`{code}`");
    }

    private static IEnumerable<PropertyInfo> Properties(params Type[] types) =>
        types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance));

    [GeneratedRegex(
        "```(json|text|html)\n(?<text>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Blocks();

    // The first argument of a typed error.
    [GeneratedRegex(@"(Exception|Access|new)\(\s*""(?<code>[a-z]+(-[a-z]+)*)"",", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Codes();
}
