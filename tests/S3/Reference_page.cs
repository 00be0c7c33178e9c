using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Files.S3;
using Integration.Fixtures;
using Integration.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.S3.Tests;

public sealed partial class Reference_page(S3Fixture s3)
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/s3.md"));

    [Fact]
    public async Task Its_example_does_what_it_says()
    {
        var blocks = Blocks().Matches(_page).Select(block => block.Groups["text"].Value).ToList();
        var answer = await s3.CallAsync("put-object", blocks[0]);
        var outputs = JsonNode.Parse(answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText())!;
        JsonNode.DeepEquals(outputs, JsonNode.Parse(blocks[1])).ShouldBeTrue(outputs.ToJsonString());
    }

    [Fact]
    public void It_lists_every_operation_with_its_inputs_and_outputs()
    {
        var operations = s3.Service.Services.GetServices<OperationDescription>().ToList();
        operations.Count.ShouldBe(7);
        foreach (var operation in operations)
        {
            var section = Section(operation.Name);
            string[] common = ["bucket", "key", "store"];
            foreach (var record in new[] { "Input", "Output" })
            foreach (var property in operation.Type.GetNestedType(record)!.GetProperties())
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                if (record == "Output" || !common.Contains(name))
                    section.ShouldContain($"`{name}`", customMessage: $"{operation.Name}: {name}");
            }
        }
    }

    [Theory]
    [InlineData(typeof(S3Options))]
    [InlineData(typeof(S3ServiceOptions))]
    public void It_lists_every_setting_with_its_default(Type options)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(property => property.CanWrite))
            _page.ShouldContain($"| `S3__{property.Name}` | `{property.GetValue(defaults)}` |");
    }

    [Fact]
    public void It_lists_every_setting_of_a_store()
    {
        foreach (var property in typeof(S3StoreOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Regex
                .IsMatch(_page, $"`(S3__Stores__NAME__|…){property.Name}`", RegexOptions.None, TimeSpan.FromSeconds(1))
                .ShouldBeTrue(property.Name);
    }

    [Fact]
    public void It_explains_every_error_code()
    {
        var codes = new[] { "shared/Files.S3", "services/S3" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(RepositoryFolder.File(folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        codes.Count.ShouldBeGreaterThan(25);
        foreach (var code in codes)
            _page.ShouldContain($"`{code}`");
    }

    private static string Section(string operation)
    {
        var start = _page.IndexOf($"### {operation}\n", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, operation);
        var end = Heading().Match(_page, start + 4);
        return _page[start..end.Index];
    }

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex("^##", RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    // The first argument of a typed error, or the second of a line in the table of answers.
    [GeneratedRegex(
        @"(Exception|new|AnswerKind\.\w+,)\(?\s*""(?<code>[a-z]+(-[a-z0-9]+)*)"",",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Codes();
}
