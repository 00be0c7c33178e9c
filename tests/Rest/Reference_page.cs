using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Egress;
using Integration.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Integration.Rest.Tests;

public sealed partial class Reference_page(RestFixture rest) : IClassFixture<RestFixture>
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/rest.md"));

    [Fact]
    public async Task Its_example_sends_and_returns_what_it_says()
    {
        var blocks = Blocks().Matches(_page).Select(block => block.Groups["text"].Value).ToList();
        var (inputs, request, outputs) = (JsonNode.Parse(blocks[0])!, blocks[1], JsonNode.Parse(blocks[2])!);
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers["X-Total"] = "2";
            return context.Response.WriteAsync(outputs["body"]!.ToJsonString());
        });
        inputs["url"] = inputs["url"]!.GetValue<string>().Replace("https://api.example.org/", $"{target.Uri}");

        var answer = await rest.CallAsync(inputs.ToJsonString());

        var lines = request.Trim().Split('\n');
        var sent = target.Requests.ShouldHaveSingleItem();
        lines[0].ShouldBe($"{sent.Method} {sent.Target} HTTP/1.1");
        foreach (var line in lines.Skip(1).Where(line => !line.StartsWith("Host:", StringComparison.Ordinal)))
            line.ShouldBe($"{line.Split(':')[0]}: {sent.Headers[line.Split(':')[0]]}");

        var result = JsonNode.Parse(answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText())!;
        foreach (var (name, value) in outputs["headers"]!.AsObject())
            JsonNode.DeepEquals(result["headers"]![name], value).ShouldBeTrue(name);
        JsonNode.DeepEquals(result["status"], outputs["status"]).ShouldBeTrue();
        JsonNode.DeepEquals(result["body"], outputs["body"]).ShouldBeTrue();
    }

    [Fact]
    public void It_lists_every_setting_of_egress_with_its_default()
    {
        var defaults = new EgressOptions();
        foreach (var property in typeof(EgressOptions).GetProperties())
        {
            var value = property.GetValue(defaults) switch
            {
                bool yes => yes ? "`true`" : "`false`",
                "" => "empty",
                var other => $"`{other}`",
            };
            _page.ShouldContain($"| `{EgressOptions.Section}__{property.Name}` | {value} |");
        }
    }

    [GeneratedRegex("```(json|http)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();
}
