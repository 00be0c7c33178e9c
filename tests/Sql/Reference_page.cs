using System.Text.RegularExpressions;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Sql.Running;
using Integration.Sql.Settings;
using Integration.Testing;

namespace Integration.Sql.Tests;

public sealed partial class Reference_page(SqlFixture sql)
    : ReferencePages("tests/Sql", args => SqlService.Create(args)),
        IClassFixture<SqlFixture>
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/sql.md"));

    protected override async Task<IReadOnlyList<string>> RunAsync(
        OperationDescription operation,
        Contracts.OperationExample example
    )
    {
        await using var service = await StartAsync();
        return await ExampleRun.RunAsync(service, operation, example);
    }

    [Fact]
    public async Task Its_statement_declares_the_error_that_it_says()
    {
        await using var service = await StartAsync();
        var answer = await service.RunAsync(
            "sql.query",
            new { statement = "find-customer", parameters = new { id = 18 } }
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NO_SUCH_CUSTOMER");
    }

    [Fact]
    public async Task Its_two_changes_are_made_together()
    {
        await using var service = await StartAsync();
        var example = OperationDescription.Of(typeof(Execute.ExecuteOperation)).Examples[0];
        (
            await ExampleRun.RunAsync(service, OperationDescription.Of(typeof(Execute.ExecuteOperation)), example)
        ).ShouldBeEmpty();
        (await sql.ScalarAsync("select pieces from example.stock")).ShouldBe("3");
        (await sql.ScalarAsync("select count(*) from example.deliveries")).ShouldBe("1");
    }

    [Theory]
    [InlineData(typeof(StatementOptions))]
    [InlineData(typeof(DeclaredError))]
    public void It_lists_every_part_of_a_statement(Type type)
    {
        foreach (var property in type.GetProperties())
            _page.ShouldMatch($@"\| `{property.Name}(__[^`]*)?` \|");
    }

    /// <summary>What the examples need, as if none had run before.</summary>
    private async Task<ServiceHarness> StartAsync()
    {
        await sql.ExecuteAsync(
            """
            drop schema if exists example cascade;
            create schema example;
            create table example.customers (id int, name text, balance numeric, joined timestamptz, tags text[]);
            insert into example.customers values
                (17, 'ACME', 1234567890123456.78, '2026-01-31 09:30:00.5+01', '{north,late}');
            create table example.stock (item text, pieces int);
            insert into example.stock values ('A-17', 5);
            create table example.deliveries (item text, pieces int, order_number text);
            """
        );
        var statements = Directory.CreateDirectory(sql.Folder.Combine("statements")).FullName;
        var text = Statement().Match(_page).Groups["text"].Value;
        await File.WriteAllTextAsync(Path.Combine(statements, "find-customer.sql"), text);
        var files = Directory.CreateDirectory(sql.Folder.Combine("example-files")).FullName;
        return await sql.StartAsync([
            $"--Sql:StatementsFolder={statements}",
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={files}",
            .. SqlFixture.Connection("crm", sql.PostgreSql + ";Search Path=example"),
            .. SqlFixture.Statement("list-customers", "select id, name from customers", "Connection=crm"),
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
            "--Sql:Statements:price-with-tax:Function=add_tax",
            "--Sql:Statements:price-with-tax:Parameters:net=numeric",
        ]);
    }

    [GeneratedRegex("```sql\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Statement();
}
