using System.Text.Json;
using Integration.Contracts;
using Integration.Sdk;
using Integration.Testing;

namespace Integration.Sql.Tests;

public sealed class Changes(SqlFixture sql) : IClassFixture<SqlFixture>, IAsyncLifetime
{
    private ServiceHarness _service = null!;

    public async ValueTask InitializeAsync() =>
        _service = await sql.ShareAsync(() =>
            [
                .. SqlFixture.Statement(
                    "add",
                    "insert into customers (email, name) values (@email, @name) returning id",
                    "Parameters:email=text",
                    "Parameters:name=text",
                    "Errors:0:SqlState=23505",
                    "Errors:0:Constraint=customers_email_key",
                    "Errors:0:Code=EMAIL_TAKEN",
                    "Errors:0:Message=Another customer has this address."
                ),
                .. SqlFixture.Statement(
                    "rename",
                    "update customers set name = @name where email = @email",
                    "Parameters:email=text",
                    "Parameters:name=text",
                    "Effect=Idempotent",
                    "Errors:0:Rows=0",
                    "Errors:0:Code=UNKNOWN_CUSTOMER",
                    "Errors:1:Constraint=late",
                    "Errors:1:Code=NAME_TAKEN"
                ),
                .. SqlFixture.Statement("look", "select count(*) as n from customers", "Effect=Read"),
                .. SqlFixture.Statement(
                    "add-item",
                    "insert into items (code) values (@code)",
                    "Parameters:code=text",
                    "Connection=shop",
                    "Errors:0:SqlState=23505",
                    "Errors:0:Constraint=items.code",
                    "Errors:0:Code=CODE_TAKEN"
                ),
                .. SqlFixture.Connection("readonly", sql.PostgreSql),
                "--Sql:Connections:readonly:ReadOnly=true",
                "--Sql:Connections:readonly:FreeSql=true",
                .. Routine(
                    "net",
                    "Function=add_tax",
                    "Parameters:net=numeric",
                    "Parameters:rate=numeric?",
                    "Effect=Read"
                ),
                .. Routine("like", "Function=customers_like", "Parameters:pattern=text", "Effect=Read"),
                .. Routine(
                    "transfer",
                    "Procedure=transfer",
                    "Parameters:sender=int",
                    "Parameters:receiver=int",
                    "Parameters:amount=numeric",
                    "Parameters:left_over=out numeric",
                    "Errors:0:Constraint=balance_not_negative",
                    "Errors:0:Code=NOT_ENOUGH"
                ),
                .. Routine("refuse", "Function=refuse", "Parameters:why=text"),
                .. Routine(
                    "refuse-kindly",
                    "Function=refuse",
                    "Parameters:why=text",
                    "Errors:0:SqlState=CR001",
                    "Errors:0:Code=REFUSED"
                ),
            ]
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_statement_tells_how_many_rows_it_changed_and_what_it_returned()
    {
        var outputs = (await AddAsync("a@example.org", "A")).Completed.ShouldNotBeNull().Outputs;
        outputs.GetProperty("affected").GetInt32().ShouldBe(1);
        outputs.GetProperty("rows")[0].GetProperty("id").GetInt32().ShouldBeGreaterThan(0);
        (await sql.ScalarAsync("select name from customers where email = 'a@example.org'")).ShouldBe("A");
    }

    [Fact]
    public async Task A_declared_violation_is_a_business_error()
    {
        await AddAsync("b@example.org", "B");
        var answer = await AddAsync("b@example.org", "B2");
        var error = answer.Rejected.ShouldNotBeNull(answer.Error).Error;
        error.Code.ShouldBe("EMAIL_TAKEN");
        error.Message.ShouldBe("Another customer has this address.");
        error.Data!.Value.GetProperty("constraint").GetString().ShouldBe("customers_email_key");
    }

    [Fact]
    public async Task A_violation_that_is_not_declared_is_a_data_error_without_the_row()
    {
        var answer = await sql.ExecuteAsync(
            new
            {
                connection = "free",
                sql = "insert into customers (email, name) values ('c', 'C1'), ('c', 'C2-s3cret')",
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("constraint-violated");
        error.Details!.Value.GetProperty("constraint").GetString().ShouldBe("customers_email_key");
        $"{error}{error.Details}".ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_violation_that_shows_itself_at_the_commit_is_no_doubt()
    {
        await AddAsync("d1@example.org", "D1");
        await AddAsync("d2@example.org", "D2");
        var answer = await _service.RunAsync(
            "sql.execute",
            new { statement = "rename", parameters = new { email = "d2@example.org", name = "D1" } }
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NAME_TAKEN");
        (await sql.ScalarAsync("select name from customers where email = 'd2@example.org'")).ShouldBe("D2");
    }

    [Fact]
    public async Task Nothing_changed_can_be_a_business_error()
    {
        var answer = await _service.RunAsync(
            "sql.execute",
            new { statement = "rename", parameters = new { email = "nobody", name = "N" } }
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("UNKNOWN_CUSTOMER");
    }

    [Fact]
    public async Task SQLite_violations_are_declared_the_same_way()
    {
        await AddItemAsync("one");
        var answer = await AddItemAsync("one");
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("CODE_TAKEN");
    }

    [Fact]
    public async Task Steps_succeed_together()
    {
        var answer = await _service.RunAsync(
            "sql.execute",
            new
            {
                steps = new object[]
                {
                    Add("e@example.org", "E"),
                    Rename("e@example.org", "E2"),
                    new { statement = "look" },
                },
            }
        );
        var outputs = answer.Completed.ShouldNotBeNull(answer.Error).Outputs;
        outputs.GetProperty("affected").GetInt32().ShouldBe(2);
        outputs.GetProperty("steps")[2].GetProperty("rows")[0].GetProperty("n").GetInt32().ShouldBeGreaterThan(0);
        outputs.TryGetProperty("rows", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Or_have_no_effect_at_all()
    {
        var answer = await _service.RunAsync(
            "sql.execute",
            new { steps = new[] { Add("f@example.org", "F"), Rename("nobody", "X") } }
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("UNKNOWN_CUSTOMER");
        (await sql.ScalarAsync("select count(*) from customers where email = 'f@example.org'")).ShouldBe("0");
    }

    [Theory]
    [InlineData("""{"steps":[]}""", "inputs.steps must be between 1 and 100.")]
    [InlineData("""{"steps":[{"statement":"look"}],"statement":"look"}""", "inputs.steps is given beside statement")]
    [InlineData(
        """{"steps":[{"statement":"look","parameters":{"x":1}}]}""",
        "inputs.steps[0].parameters.x is not known."
    )]
    [InlineData("""{"steps":[{}]}""", "inputs.steps[0].statement is missing.")]
    [InlineData(
        """{"steps":[{"statement":"look"},{"statement":"add-item","parameters":{"code":"x"}}]}""",
        "inputs.steps[1] runs on 'shop' and steps[0] on 'default'."
    )]
    [InlineData(
        """{"statement":"net","parameters":{"net":1}}""",
        "inputs.statement names 'net', which is a function or procedure."
    )]
    public async Task A_wrong_step_is_told_by_its_place(string inputs, string message)
    {
        var answer = await _service.RunAsync("sql.execute", JsonDocument.Parse(inputs).RootElement);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("insert into customers (email, name) values ('r', 'r')")]
    [InlineData("select set_config('transaction_read_only', 'off', true)")]
    [InlineData(
        "do $$ begin set transaction read write; insert into customers (email, name) values ('r', 'r'); end $$"
    )]
    public async Task The_server_keeps_a_read_only_connection_so(string text)
    {
        var answer = await _service.RunAsync("sql.execute", new { connection = "readonly", sql = text });
        answer.Errored.ShouldNotBeNull();
        (await sql.ScalarAsync("select count(*) from customers where email = 'r'")).ShouldBe("0");
    }

    [Theory]
    [InlineData("select load_extension('x')")]
    [InlineData("vacuum into '/tmp/integration-sql-copy.db'")]
    public async Task SQLite_reaches_no_other_file(string text)
    {
        var answer = await sql.ExecuteAsync(new { connection = "shop", sql = text });
        answer.Errored.ShouldNotBeNull();
        File.Exists("/tmp/integration-sql-copy.db").ShouldBeFalse();
    }

    [Fact]
    public async Task A_function_returns_its_value_and_knows_its_own_defaults()
    {
        var outputs = (await CallAsync("net", new { net = 100 })).Completed.ShouldNotBeNull().Outputs;
        outputs.GetProperty("result").GetRawText().ShouldBe("119.00");
        outputs = (await CallAsync("net", new { net = 100, rate = 0.07 })).Completed.ShouldNotBeNull().Outputs;
        outputs.GetProperty("result").GetRawText().ShouldBe("107.00");
    }

    [Fact]
    public async Task A_function_returns_its_rows()
    {
        await AddAsync("like1@example.org", "Like 1");
        await AddAsync("like2@example.org", "Like 2");
        var outputs = (await CallAsync("like", new { pattern = "Like%" })).Completed.ShouldNotBeNull().Outputs;
        outputs.GetProperty("rowCount").GetInt32().ShouldBe(2);
        outputs.GetProperty("rows")[1].GetProperty("name").GetString().ShouldBe("Like 2");
        outputs.TryGetProperty("result", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_procedure_changes_and_returns_its_out_parameters()
    {
        var sender = await IdAsync("g@example.org");
        var receiver = await IdAsync("h@example.org");
        await sql.ExecuteAsync($"update customers set balance = 10 where id = {sender}");

        var answer = await CallAsync(
            "transfer",
            new
            {
                sender,
                receiver,
                amount = 2.5,
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("result").GetRawText().ShouldBe("7.5");
        (await sql.ScalarAsync($"select balance from customers where id = {receiver}")).ShouldBe("2.5");

        answer = await CallAsync(
            "transfer",
            new
            {
                sender,
                receiver,
                amount = 100,
            }
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NOT_ENOUGH");
        (await sql.ScalarAsync($"select balance from customers where id = {receiver}")).ShouldBe("2.5");
    }

    [Fact]
    public async Task An_error_that_a_function_raises_is_told_in_its_words()
    {
        var error = (await CallAsync("refuse", new { why = "Not on Sundays" })).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("refused");
        error.Message.ShouldContain("Not on Sundays (CR001)");
        (await CallAsync("refuse-kindly", new { why = "x" })).Rejected.ShouldNotBeNull().Error.Code.ShouldBe("REFUSED");
    }

    [Fact]
    public async Task What_is_no_routine_is_not_called()
    {
        var error = (await CallAsync("look", new { })).Errored.ShouldNotBeNull().Error;
        error.Message.ShouldContain("inputs.routine names 'look', which is no routine but SQL.");
    }

    [Fact]
    public async Task A_change_whose_outcome_was_not_kept_is_in_doubt_and_one_that_is_idempotent_is_repeated()
    {
        _service.CrashAt(PipelineStep.Executed);
        var answer = await AddAsync("crash@example.org", "Crash");
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.InDoubt);

        _service.CrashAt(PipelineStep.Executed);
        answer = await _service.RunAsync("sql.execute", Rename("crash@example.org", "Crash 2"));
        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("affected").GetInt32().ShouldBe(1);
    }

    private static string[] Routine(string name, params string[] settings) =>
        [.. settings.Select(one => $"--Sql:Statements:{name}:{one}")];

    private static object Add(string email, string name) => new { statement = "add", parameters = new { email, name } };

    private static object Rename(string email, string name) =>
        new { statement = "rename", parameters = new { email, name } };

    private Task<TaskAnswer> AddAsync(string email, string name) => _service.RunAsync("sql.execute", Add(email, name));

    private Task<TaskAnswer> AddItemAsync(string code) =>
        _service.RunAsync("sql.execute", new { statement = "add-item", parameters = new { code } });

    private Task<TaskAnswer> CallAsync(string routine, object parameters) =>
        _service.RunAsync("sql.call", new { routine, parameters });

    private async Task<int> IdAsync(string email) =>
        (await AddAsync(email, email))
            .Completed.ShouldNotBeNull()
            .Outputs.GetProperty("rows")[0]
            .GetProperty("id")
            .GetInt32();
}
