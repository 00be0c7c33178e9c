using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Testing;

namespace Integration.Soap.Tests;

public sealed partial class Reference_page(SoapFixture soap)
    : ReferencePages("tests/Soap", args => SoapService.Create(args))
{
    [Fact]
    public async Task The_example_on_the_page_of_the_service_does_what_it_says()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.File("docs/reference/soap.md"));
        var blocks = Blocks().Matches(page).Select(block => block.Groups["text"].Value).ToList();
        var answer = await soap.CallAsync(blocks[0]);
        var outputs = answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText();
        JsonNode.DeepEquals(JsonNode.Parse(outputs), JsonNode.Parse(blocks[1])).ShouldBeTrue(outputs);
    }

    protected override Task<IReadOnlyList<string>> RunAsync(OperationDescription operation, OperationExample example) =>
        ExampleRun.RunAsync(soap.Service, operation, example);

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();
}
