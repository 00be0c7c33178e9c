using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Ldap.Servers;
using Integration.Sdk;

namespace Integration.Ldap.Tests;

public sealed partial class Reference_page(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/ldap.md"));

    private static readonly IReadOnlyList<OperationDescription> _operations =
    [
        .. typeof(LdapService)
            .Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(OperationAttribute)))
            .Select(OperationDescription.Of),
    ];

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var operation in _operations)
            foreach (var example in operation.Examples)
                data.Add(operation.Name, example.Title);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_of_an_operation_does_what_it_says(string operation, string title)
    {
        var example = _operations.Single(one => one.Name == operation).Examples.Single(one => one.Title == title);
        var answer = await ldap.Service.RunAsync(operation, JsonNode.Parse(example.Inputs)!);
        var outputs = JsonNode.Parse(answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText())!;
        outputs.ToJsonString().ShouldBe(JsonNode.Parse(example.Outputs)!.ToJsonString());
    }

    [Fact]
    public async Task Its_example_does_what_it_says()
    {
        var blocks = Blocks().Matches(_page).Select(block => block.Groups["text"].Value).ToList();
        var answer = await ldap.Service.RunAsync("ldap.search", JsonNode.Parse(blocks[0])!);
        JsonNode
            .Parse(answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText())!
            .ToJsonString()
            .ShouldBe(JsonNode.Parse(blocks[1])!.ToJsonString());
    }

    [Fact]
    public void It_lists_every_operation_with_every_input_and_output()
    {
        _operations.Count.ShouldBe(7);
        foreach (var operation in _operations)
        {
            _page.ShouldContain($"| `{operation.Name}` |");
            foreach (var property in Properties(operation.InputType).Concat(Properties(operation.OutputType)))
                _page.ShouldContain($"`{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}`");
        }
    }

    [Fact]
    public void It_lists_every_setting_with_its_default()
    {
        var defaults = new LdapOptions();
        foreach (var property in Properties(typeof(LdapOptions)).Where(property => property.CanWrite))
            _page.ShouldContain($"| `{LdapOptions.Section}__{property.Name}` | `{property.GetValue(defaults)}` |");
        foreach (var property in Properties(typeof(ServerOptions)))
            _page.ShouldContain($"`{property.Name}`");
    }

    [Fact]
    public void It_explains_every_error_that_an_operation_declares()
    {
        foreach (var error in _operations.SelectMany(operation => operation.Errors))
            _page.ShouldMatch($@"\| `{RoutingKeys.Name(error.Category)}` \| [^|\n]*`{error.Code}`");
    }

    [Fact]
    public void Every_error_that_the_code_makes_is_declared()
    {
        var declared = _operations.SelectMany(operation => operation.Errors).Select(error => error.Code).ToHashSet();
        var made = Directory
            .EnumerateFiles(RepositoryFolder.File("services/Ldap"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        made.Count.ShouldBeGreaterThan(20);
        made.Where(code => !declared.Contains(code)).ShouldBeEmpty();
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    // The first argument of a typed error, or the middle of a line in the table of result codes.
    [GeneratedRegex(
        @"(Exception|new)\(\s*""(?<code>[a-z]+(-[a-z]+)*)"",|ErrorCategory\.\w+,\s*""(?<code>[a-z]+(-[a-z]+)*)"",\s*\d",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Codes();
}
