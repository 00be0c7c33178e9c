using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Egress;
using Integration.Fixtures;
using Integration.Sql.Call;
using Integration.Sql.Execute;
using Integration.Sql.Query;
using Integration.Sql.Running;
using Integration.Sql.Settings;

namespace Integration.Sql.Tests;

public sealed partial class Reference_page(SqlFixture sql) : IClassFixture<SqlFixture>
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/sql.md"));

    [Fact]
    public async Task Its_examples_do_what_they_say()
    {
        var blocks = Blocks().Matches(_page).Select(block => block.Groups["text"].Value).ToList();
        var (statement, inputs, outputs, steps) = (blocks[0], blocks[1], blocks[2], blocks[3]);
        await sql.ExecuteAsync(
            """
            create schema example;
            create table example.customers (id int, name text, balance numeric, joined timestamptz, tags text[]);
            insert into example.customers values
                (17, 'ACME', 1234567890123456.78, '2026-01-31 09:30:00.5+01', '{north,late}');
            create table example.stock (item text, pieces int);
            insert into example.stock values ('A-17', 5);
            create table example.deliveries (item text, pieces int, order_number text);
            """
        );
        using var folder = new TemporaryFolder("statements");
        await File.WriteAllTextAsync(folder.Combine("find-customer.sql"), statement);
        await using var service = await sql.StartAsync([
            $"--Sql:StatementsFolder={folder.Path}",
            .. SqlFixture.Connection("crm", sql.PostgreSql + ";Search Path=example"),
            .. SqlFixture.Statement(
                "take-from-stock",
                "update stock set pieces = pieces - @pieces where item = @item",
                "Connection=crm",
                "Parameters:item=text",
                "Parameters:pieces=int"
            ),
            .. SqlFixture.Statement(
                "add-delivery",
                "insert into deliveries values (@item, @pieces, @order)",
                "Connection=crm",
                "Parameters:item=text",
                "Parameters:pieces=int",
                "Parameters:order=text"
            ),
        ]);

        var answer = await service.RunAsync("sql.query", JsonNode.Parse(inputs)!);
        var result = answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText();
        JsonNode.DeepEquals(JsonNode.Parse(result), JsonNode.Parse(outputs)).ShouldBeTrue(result);

        answer = await service.RunAsync(
            "sql.query",
            JsonNode.Parse(inputs.Replace("17", "18", StringComparison.Ordinal))!
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NO_SUCH_CUSTOMER");

        answer = await service.RunAsync("sql.execute", JsonNode.Parse(steps)!);
        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("affected").GetInt32().ShouldBe(2);
        (await sql.ScalarAsync("select pieces from example.stock")).ShouldBe("3");
    }

    [Theory]
    [InlineData(typeof(QueryOperation.Input))]
    [InlineData(typeof(QueryOperation.Output))]
    [InlineData(typeof(ExecuteOperation.Input))]
    [InlineData(typeof(ExecuteOperation.Output))]
    [InlineData(typeof(CallOperation.Input))]
    [InlineData(typeof(CallOperation.Output))]
    public void It_lists_every_input_and_output(Type type)
    {
        foreach (var property in Properties(type))
            _page.ShouldContain($"`{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}`");
    }

    [Theory]
    [InlineData(typeof(ConnectionOptions))]
    [InlineData(typeof(StatementOptions))]
    [InlineData(typeof(DeclaredError))]
    public void It_lists_every_part_of_a_connection_and_of_a_statement(Type type)
    {
        foreach (var property in Properties(type))
            _page.ShouldMatch($@"\| `{property.Name}(__[^`]*)?` \|");
    }

    [Theory]
    [InlineData(typeof(SqlOptions), SqlOptions.Section)]
    [InlineData(typeof(EgressOptions), EgressOptions.Section)]
    public void It_lists_every_setting_with_its_default(Type options, string section)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in Properties(options))
        {
            var value = property.GetValue(defaults) switch
            {
                bool yes => yes ? "`true`" : "`false`",
                "" => "empty",
                System.Collections.IDictionary => "none",
                var other => $"`{other}`",
            };
            _page.ShouldContain($"| `{section}__{property.Name}` | {value} |");
        }
    }

    [Fact]
    public void It_explains_every_error_code()
    {
        var codes = new[] { "services/Sql", "shared/Egress" }
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

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    [GeneratedRegex("```(json|sql)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    // The first argument of a typed error, or of a line in the table of SQLSTATEs.
    [GeneratedRegex(
        @"(Exception|Lost|new|Connectivity|Access|Data)\(\s*""(?<code>[a-z]+(-[a-z]+)*)"",",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Codes();
}
