using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Soap.Call;
using Integration.Soap.Faults;
using Integration.Soap.Settings;

namespace Integration.Soap.Tests;

public sealed partial class Reference_page(SoapFixture soap)
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/soap.md"));

    private static readonly OperationDescription _call = OperationDescription.Of(typeof(CallOperation));

    [Fact]
    public async Task Its_example_returns_what_it_says()
    {
        var blocks = Blocks().Matches(_page).Select(block => block.Groups["text"].Value).ToList();
        var answer = await soap.CallAsync(blocks[0]);
        ShouldBe(answer.Completed.ShouldNotBeNull(answer.Error).Outputs, blocks[1]);
    }

    [Fact]
    public async Task The_examples_of_the_operation_return_what_they_say()
    {
        foreach (var example in _call.Examples)
        {
            var answer = await soap.CallAsync(example.Inputs);
            ShouldBe(answer.Completed.ShouldNotBeNull(answer.Error).Outputs, example.Outputs);
        }

        _call.Examples.ShouldNotBeEmpty();
    }

    [Fact]
    public void It_lists_every_input_and_output()
    {
        foreach (var property in Properties(typeof(CallInput), typeof(CallOutput), typeof(DeclaredFault)))
            _page.ShouldContain($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` |");
    }

    [Theory]
    [InlineData(typeof(SoapOptions), "Soap__")]
    [InlineData(typeof(ServiceOptions), "")]
    public void It_lists_every_setting_with_its_default(Type options, string prefix)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in Properties(options).Where(property => property.CanWrite))
        {
            var value = property.GetValue(defaults) switch
            {
                _ when property.Name == nameof(ServiceOptions.Wsdl) => "required",
                bool yes => yes ? "`true`" : "`false`",
                "" or null => "empty",
                var other => $"`{other}`",
            };
            _page.ShouldContain($"| `{prefix}{property.Name}` | {value} |");
        }
    }

    [Fact]
    public void It_explains_every_error_that_the_operation_declares_itself()
    {
        var own = _call.Errors.Where(error => !IsShared(error.Code)).Select(error => error.Code).ToList();
        own.Count.ShouldBeGreaterThan(15);
        foreach (var code in own)
            _page.ShouldContain($"`{code}`");
    }

    [Fact]
    public void Every_code_that_is_thrown_here_is_declared()
    {
        var codes = Directory
            .EnumerateFiles(RepositoryFolder.File("services/Soap"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        codes.Count.ShouldBeGreaterThan(10);
        codes.Except(_call.Errors.Select(error => error.Code)).ShouldBeEmpty();
    }

    // Explained where they come from.
    private static bool IsShared(string code) =>
        File.ReadAllText(RepositoryFolder.File("docs/reference/rest.md"))
            .Contains($"`{code}`", StringComparison.Ordinal)
        || File.ReadAllText(RepositoryFolder.File("docs/reference/files.md"))
            .Contains($"`{code}`", StringComparison.Ordinal);

    private static void ShouldBe(JsonElement outputs, string expected) =>
        JsonNode
            .DeepEquals(JsonNode.Parse(outputs.GetRawText()), JsonNode.Parse(expected))
            .ShouldBeTrue(outputs.GetRawText());

    private static IEnumerable<PropertyInfo> Properties(params Type[] types) =>
        types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance));

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    // The first argument of a typed error, or of a pair that becomes one.
    [GeneratedRegex(
        @"(Exception|Error|Expired|new|return) ?\(\s*""(?<code>[a-z]+(-[a-z]+)+)"",",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Codes();
}
