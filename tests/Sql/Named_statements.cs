using System.Text.Json;
using Integration.Contracts;
using Integration.Testing;

namespace Integration.Sql.Tests;

public sealed class Named_statements(SqlFixture sql) : IClassFixture<SqlFixture>, IAsyncLifetime
{
    private ServiceHarness _service = null!;

    public async ValueTask InitializeAsync() => _service = await sql.ShareAsync(Settings);

    private string[] Settings()
    {
        var folder = Path.Combine(sql.Folder.Path, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "numbers.sql"),
            """
            -- Some numbers; a semicolon; @no parameter here.
            -- @parameter least int
            -- @parameter most int?
            -- @effect read
            -- @timeout 00:00:05
            -- @error NONE rows=0 message=There is no such number.
            select n from generate_series(1, 20) n
            where n >= @least and (@most is null or n <= @most) /* ; @nor here */ order by n;
            """
        );
        return
        [
            $"--Sql:StatementsFolder={folder}",
            .. SqlFixture.Statement("one", "select 1 as one"),
            .. SqlFixture.Statement(
                "strange",
                "select 'it''s @x; $$' || $t$ @y; $t$ || E'\\'@z' || @a as v",
                "Parameters:a=text"
            ),
            .. SqlFixture.Statement("wide", "select repeat('x', 300000) as v"),
            .. SqlFixture.Statement("sneaky", "insert into customers (email, name) values ('s', 's') returning id"),
            .. SqlFixture.Statement("twice", "select 1 as a, 2 as a"),
            .. SqlFixture.Statement(
                "item",
                "select code from items where code in (select value from json_each(@codes))",
                "Parameters:codes=text[]",
                "Connection=shop"
            ),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Give_their_rows_by_column()
    {
        var outputs = await CompletedAsync(new { statement = "numbers", parameters = new { least = 3, most = "4" } });
        outputs.GetRawText().ShouldBe("""{"rows":[{"n":3},{"n":4}],"rowCount":2,"truncated":false}""");
    }

    [Fact]
    public async Task Take_an_optional_parameter_as_null_when_it_is_left_out()
    {
        var outputs = await CompletedAsync(new { statement = "NUMBERS", parameters = new { least = 20 } });
        outputs.GetProperty("rowCount").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Have_parameters_only_outside_of_texts_and_comments()
    {
        var outputs = await CompletedAsync(new { statement = "strange", parameters = new { a = "'; drop table x" } });
        outputs.GetProperty("rows")[0].GetProperty("v").GetString().ShouldBe("it's @x; $$ @y; '@z'; drop table x");
    }

    [Fact]
    public async Task A_condition_on_the_rows_is_a_business_error()
    {
        var answer = await _service.RunAsync(
            "sql.query",
            new { statement = "numbers", parameters = new { least = 30 } }
        );
        var error = answer.Rejected.ShouldNotBeNull(answer.Error).Error;
        error.Code.ShouldBe("NONE");
        error.Message.ShouldBe("There is no such number.");
    }

    [Theory]
    [InlineData(
        """{"statement":"non-such"}""",
        "unknown-statement",
        "There is no statement 'non-such'. Known are: item, numbers, one"
    )]
    [InlineData("""{}""", "invalid-input", "inputs.statement is missing.")]
    [InlineData("""{"statement":"one","sql":"select 1"}""", "invalid-input", "inputs.statement is given beside sql.")]
    [InlineData("""{"statement":"one","connection":"free"}""", "invalid-input", "inputs.connection belongs to sql.")]
    [InlineData(
        """{"statement":"numbers"}""",
        "invalid-input",
        "inputs.parameters.least is missing. It must be of the type int."
    )]
    [InlineData(
        """{"statement":"numbers","parameters":{"least":null}}""",
        "invalid-input",
        "inputs.parameters.least is null."
    )]
    [InlineData(
        """{"statement":"numbers","parameters":{"least":1,"lest":2}}""",
        "invalid-input",
        "inputs.parameters.lest is not known. The statement 'numbers' has the parameters least, most."
    )]
    [InlineData("""{"statement":"one","parameters":{"a":1}}""", "invalid-input", "has no parameters.")]
    [InlineData(
        """{"statement":"one","maxRows":0}""",
        "invalid-input",
        "inputs.maxRows must be between 1 and 1000; Sql__MaxRows"
    )]
    [InlineData("""{"sql":"select 1"}""", "free-sql-refused", "set Sql__Connections__default__FreeSql=true.")]
    [InlineData("""{"sql":"select 1","connection":"nowhere"}""", "invalid-input", "inputs.connection names 'nowhere'")]
    [InlineData(
        """{"sql":"select 1; select 2","connection":"free"}""",
        "invalid-input",
        "inputs.sql holds more than one statement."
    )]
    [InlineData(
        """{"sql":"select 'x","connection":"free"}""",
        "invalid-input",
        "inputs.sql has a ' without its partner."
    )]
    [InlineData("""{"sql":" -- nothing","connection":"free"}""", "invalid-input", "inputs.sql holds no statement.")]
    [InlineData("""{"sql":"select @a","connection":"free"}""", "invalid-input", "inputs.parameters.a is missing.")]
    [InlineData("""{"sql":"/* x */ commit","connection":"free"}""", "invalid-input", "begins with COMMIT.")]
    [InlineData("""{"sql":"set transaction read write","connection":"free"}""", "invalid-input", "begins with SET.")]
    [InlineData("""{"sql":"selec 1","connection":"free"}""", "syntax-error", "syntax error at or near")]
    [InlineData(
        """{"sql":"select * from nowhere","connection":"free"}""",
        "unknown-object",
        "\"nowhere\" does not exist"
    )]
    [InlineData("""{"sql":"select 1/0","connection":"free"}""", "invalid-value", "division by zero")]
    [InlineData("""{"sql":"select * from nowhere","connection":"shop"}""", "unknown-object", "no such table: nowhere")]
    [InlineData("""{"sql":"attach '/tmp/x' as x","connection":"shop"}""", "invalid-input", "begins with ATTACH.")]
    [InlineData("""{"statement":"sneaky"}""", "read-only", "cannot execute INSERT in a read-only transaction")]
    [InlineData(
        """{"sql":"insert into items (code) values ('x')","connection":"shop"}""",
        "read-only",
        "readonly database"
    )]
    [InlineData("""{"statement":"wide"}""", "answer-too-large", "raise Sql__MaxAnswerBytes")]
    [InlineData("""{"statement":"twice"}""", "ambiguous-column", "more than one column 'a'")]
    [InlineData(
        """{"sql":"select n from generate_series(1, 1001) n","connection":"free"}""",
        "too-many-rows",
        "more than 1000 rows"
    )]
    public async Task What_is_wrong_is_told_with_the_way_out(string inputs, string code, string message)
    {
        var answer = await _service.RunAsync("sql.query", JsonDocument.Parse(inputs).RootElement);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe(code, error.Message);
        error.Message.ShouldContain(message);
        error.Retryable.ShouldBeFalse();
        error.Category.ShouldBe(
            code switch
            {
                "read-only" or "free-sql-refused" => ErrorCategory.Access,
                "answer-too-large" or "too-many-rows" => ErrorCategory.Volumetric,
                _ => ErrorCategory.Data,
            }
        );
    }

    [Fact]
    public async Task Only_the_first_rows_are_taken_when_the_task_says_how_many_and_the_connection_lives_on()
    {
        for (var i = 0; i < 12; i++)
        {
            var outputs = await CompletedAsync(
                new
                {
                    connection = "free",
                    sql = "select n from generate_series(1, 10000000) n",
                    maxRows = 2,
                }
            );
            outputs.GetRawText().ShouldBe("""{"rows":[{"n":1},{"n":2}],"rowCount":2,"truncated":true}""");
        }
    }

    [Fact]
    public async Task A_list_for_SQLite_goes_as_JSON()
    {
        await sql.ExecuteAsync(new { connection = "shop", sql = "insert into items (code) values ('p'), ('q')" });
        var outputs = await CompletedAsync(new { statement = "item", parameters = new { codes = new[] { "q", "r" } } });
        outputs.GetProperty("rows").GetRawText().ShouldBe("""[{"code":"q"}]""");
    }

    private async Task<JsonElement> CompletedAsync(object inputs)
    {
        var answer = await _service.RunAsync("sql.query", inputs);
        return answer.Completed.ShouldNotBeNull(answer.Error ?? answer.Rejected?.Error.Message).Outputs;
    }
}
