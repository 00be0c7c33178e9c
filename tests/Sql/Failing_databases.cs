using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Npgsql;

namespace Integration.Sql.Tests;

public sealed class Failing_databases(SqlFixture sql) : IClassFixture<SqlFixture>
{
    private int Port => new NpgsqlConnectionStringBuilder(sql.PostgreSql).Port;

    [Fact]
    public async Task A_connection_that_is_lost_at_the_commit_leaves_a_doubt_when_the_server_cannot_be_asked()
    {
        await using var relay = TcpRelay.Start(Port);
        relay.StayCut = true;
        await using var service = await ThroughAsync(relay);
        relay.CutAnswerTo = "\0commit\0"u8.ToArray();
        var error = (await InsertAsync(service, "doubt")).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.InDoubt);
        error.Message.ShouldContain("was lost while the transaction was committed");
        error.Retryable.ShouldBeFalse();
        (await CountAsync("doubt")).ShouldBe("1");
    }

    [Fact]
    public async Task The_server_is_asked_what_became_of_a_commit_whose_answer_was_lost()
    {
        await using var relay = TcpRelay.Start(Port);
        await using var service = await ThroughAsync(relay);
        relay.CutAnswerTo = "\0commit\0"u8.ToArray();
        var answer = await InsertAsync(service, "committed");
        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("affected").GetInt32().ShouldBe(1);
        (await CountAsync("committed")).ShouldBe("1");

        relay.CutAnswerTo = null;
        relay.CutBefore = "\0commit\0"u8.ToArray();
        answer = await InsertAsync(service, "undone");
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "connection-lost"));
        error.Retryable.ShouldBeTrue();
        (await CountAsync("undone")).ShouldBe("0");
    }

    [Theory]
    [InlineData("ERROR", "08P01")]
    [InlineData("FATAL", "XX000")]
    public async Task A_proxy_that_lost_its_server_behind_the_commit_is_not_believed(string severity, string state)
    {
        await using var relay = TcpRelay.Start(Port);
        await using var service = await ThroughAsync(relay);
        relay.AnswerInstead = Refusal(severity, state, "server conn crashed?");
        relay.CutAnswerTo = "\0commit\0"u8.ToArray();
        var answer = await InsertAsync(service, $"proxy {state}");
        answer.Completed.ShouldNotBeNull(answer.Error);
        (await CountAsync($"proxy {state}")).ShouldBe("1");
    }

    [Fact]
    public async Task What_only_has_an_effect_by_its_commit_is_remembered_by_the_server_too()
    {
        await using var relay = TcpRelay.Start(Port);
        await using var service = await ThroughAsync(relay);
        relay.CutAnswerTo = "\0commit\0"u8.ToArray();
        var answer = await service.RunAsync(
            "sql.execute",
            new { connection = "relay", sql = "select pg_notify('orders', '17')" }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Fact]
    public async Task A_connection_string_cannot_take_a_transaction_apart()
    {
        await using var service = await sql.StartAsync([
            .. SqlFixture.Connection("many", $"{sql.PostgreSql};Multiplexing=true"),
            "--Sql:Connections:many:FreeSql=true",
        ]);
        // Many at once: one after the other they would share a connection in turns.
        var errors = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                {
                    var steps = new[] { new { sql = Insert($"whole-{i}") }, new { sql = "select 1 / 0" } };
                    return ErrorAsync(service, new { connection = "many", steps }, "sql.execute");
                })
        );
        errors.ShouldAllBe(error => error.Code == "invalid-value", errors[0].Message);
        (await sql.ScalarAsync("select count(*) from customers where email like 'whole-%'")).ShouldBe("0");
    }

    [Theory]
    [InlineData(
        "shop",
        "insert into items (code, price) values ('nan', @x)",
        ErrorCategory.Data,
        "invalid-input",
        "NaN"
    )]
    [InlineData(
        "shop",
        "insert into items (code) values (@1)",
        ErrorCategory.Internal,
        "unhandled-exception",
        "parameters"
    )]
    [InlineData("shop", "select zeroblob(100000000)", ErrorCategory.Data, "invalid-value", "MaxSqliteParameterBytes")]
    [InlineData("free", "copy customers (email, name) from stdin", ErrorCategory.Data, "refused", "COPY")]
    public async Task What_fails_in_this_service_before_the_commit_leaves_no_doubt(
        string connection,
        string text,
        ErrorCategory category,
        string code,
        string told
    )
    {
        var parameters = text.Contains("@x", StringComparison.Ordinal) ? new { x = "NaN" } : null;
        var types = parameters is null ? null : new { x = "double" };
        var inputs = new
        {
            connection,
            sql = text,
            parameters,
            types,
        };
        var error = await ErrorAsync(sql.Service, inputs, "sql.execute");
        (error.Category, error.Code).ShouldBe((category, code), error.Message);
        error.Message.ShouldContain(told);
    }

    [Fact]
    public async Task A_deadline_that_passes_undoes_the_change_and_leaves_no_doubt()
    {
        var answer = await sql.Service.RunAsync(
            "sql.execute",
            new { connection = "free", sql = "insert into customers (email, name) select 'late', pg_sleep(60)::text" },
            request => request with { Deadline = DateTimeOffset.UtcNow.AddSeconds(1) }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "deadline-passed"));
        await Eventually.PassesAsync(async () => (await SleepersAsync()).ShouldBe("0"));
        (await CountAsync("late")).ShouldBe("0");
    }

    [Fact]
    public async Task A_statement_that_is_idempotent_is_never_in_doubt()
    {
        await using var relay = TcpRelay.Start(Port);
        relay.StayCut = true;
        await using var service = await ThroughAsync(
            relay,
            SqlFixture.Statement("touch", "update customers set name = name", "Connection=relay", "Effect=Idempotent")
        );
        relay.CutAnswerTo = "\0commit\0"u8.ToArray();
        var answer = await service.RunAsync("sql.execute", new { statement = "touch" });
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_that_is_lost_before_the_commit_has_changed_nothing()
    {
        await using var relay = TcpRelay.Start(Port);
        await using var service = await ThroughAsync(relay);
        relay.CutAnswerTo = "insert into"u8.ToArray();
        var answer = await InsertAsync(service, "lost");
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "connection-lost"));
        error.Target.ShouldBe($"127.0.0.1:{relay.Port}");
        (await CountAsync("lost")).ShouldBe("0");

        relay.CutAnswerTo = null;
        (await service.RetryAsync(answer)).Completed.ShouldNotBeNull();
        (await CountAsync("lost")).ShouldBe("1");
    }

    [Fact]
    public async Task Connections_that_died_in_the_pool_are_replaced_and_nobody_notices()
    {
        await using var relay = TcpRelay.Start(Port);
        await using var service = await ThroughAsync(relay);
        (await InsertAsync(service, "pool-1")).Completed.ShouldNotBeNull();
        await sql.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'integration-sql relay'"
        );
        (await InsertAsync(service, "pool-2")).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        await using var relay = TcpRelay.Start(Port);
        await using var service = await ThroughAsync(relay, ["--Sql:Connections:relay:StatementTimeout=00:00:00.2"]);
        relay.FallSilentAt = "insert into"u8.ToArray();
        var error = (await InsertAsync(service, "silent")).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "timeout"));
        (await CountAsync("silent")).ShouldBe("0");
    }

    [Fact]
    public async Task The_server_ends_a_statement_that_takes_too_long()
    {
        await using var service = await sql.StartAsync(["--Sql:Connections:free:StatementTimeout=00:00:00.1"]);
        var error = (await ErrorAsync(service, new { connection = "free", sql = "select pg_sleep(20)" }));
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "timeout"));
        error.Message.ShouldContain("canceling statement due to statement timeout (57014)");
        (await SleepersAsync()).ShouldBe("0");
    }

    [Fact]
    public async Task SQLite_ends_a_statement_that_takes_too_long()
    {
        await using var service = await sql.StartAsync(["--Sql:Connections:shop:StatementTimeout=00:00:00.1"]);
        var error = await ErrorAsync(
            service,
            new
            {
                connection = "shop",
                sql = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
            }
        );
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "timeout"));
    }

    [Fact]
    public async Task A_SQLite_file_that_is_in_use_is_waited_for_and_then_told_as_locked()
    {
        await using var service = await sql.StartAsync(["--Sql:Connections:shop:StatementTimeout=00:00:00.1"]);
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection(sql.Sqlite);
        await other.OpenAsync();
        await using var held = other.BeginTransaction(deferred: false);
        var error = await ErrorAsync(
            service,
            new { connection = "shop", sql = "insert into items (code) values ('busy')" },
            "sql.execute"
        );
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "locked"));
    }

    [Fact]
    public async Task Withdrawing_a_task_reaches_the_server()
    {
        var request = ServiceHarness.Request(
            "sql.execute",
            new
            {
                connection = "free",
                sql = "insert into customers (email, name) select 'withdrawn', pg_sleep(60)::text",
            }
        );
        Task<TaskAnswer> answer = null!;
        await sql.Service.BeginAsync(request, task => answer = task);
        await Eventually.PassesAsync(async () => (await SleepersAsync()).ShouldBe("1"));
        await sql.Service.CancelAsync(request);
        await Eventually.PassesAsync(async () => (await SleepersAsync()).ShouldBe("0"));
        (await answer).Completed.ShouldBeNull();
        (await CountAsync("withdrawn")).ShouldBe("0");
    }

    [Fact]
    public async Task A_service_that_is_stopped_before_the_commit_leaves_no_doubt_and_the_task_is_done_by_the_next()
    {
        await sql.ExecuteAsync("create table hurry (now bool)");
        await using var service = await sql.StartAsync([]);
        var request = ServiceHarness.Request(
            "sql.execute",
            new
            {
                connection = "free",
                sql = "insert into customers (email, name) select 'stopped', "
                    + "pg_sleep((select case when count(*) = 0 then 60 else 0 end from hurry))::text",
            }
        );
        Task<TaskAnswer> answer = null!;
        await service.BeginAsync(request, task => answer = task);
        await Eventually.PassesAsync(async () => (await SleepersAsync()).ShouldBe("1"));
        await sql.ExecuteAsync("insert into hurry values (true)");
        await service.RestartAsync();
        (await answer).Completed.ShouldNotBeNull();
        (await CountAsync("stopped")).ShouldBe("1");
    }

    [Fact]
    public async Task A_transaction_that_others_made_impossible_is_run_again()
    {
        await using var service = await sql.StartAsync(Serial());
        await RaceAsync("again", async () => (await RenameAsync(service, "again")).Completed.ShouldNotBeNull());
        (await sql.ScalarAsync("select name from customers where email = 'again'")).ShouldBe("again 2 by the task");
    }

    [Fact]
    public async Task And_told_as_retryable_when_that_does_not_help()
    {
        await using var service = await sql.StartAsync([.. Serial(), "--Sql:Retries=0"]);
        await RaceAsync(
            "conflict",
            async () =>
            {
                var error = (await RenameAsync(service, "conflict")).Errored.ShouldNotBeNull().Error;
                (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "serialization-failure"));
                error.Retryable.ShouldBeTrue();
            }
        );
    }

    [Fact]
    public async Task A_deadlock_is_connectivity()
    {
        await sql.ExecuteAsync("insert into customers (email, name) values ('dead-1', 'dead-1'), ('dead-2', 'dead-2')");
        await using var service = await sql.StartAsync(["--Sql:Retries=0"]);
        await using var other = await sql.OpenAsync();
        await using var held = await other.BeginTransactionAsync();
        await RunAsync(other, "set local deadlock_timeout = '60s'");
        await RunAsync(other, "update customers set balance = 1 where email = 'dead-2'");
        var answer = service.RunAsync(
            "sql.execute",
            new
            {
                connection = "free",
                steps = new[]
                {
                    new { sql = "update customers set balance = 2 where email = 'dead-1'" },
                    new { sql = "update customers set balance = 2 where email = 'dead-2'" },
                },
            }
        );
        await WaitingAsync();
        await RunAsync(other, "update customers set balance = 1 where email = 'dead-1'");
        var error = (await answer).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "deadlock"));
    }

    [Fact]
    public async Task A_row_that_others_hold_does_not_hold_up_work_on_other_rows()
    {
        await sql.ExecuteAsync(Insert("held"));
        await using var service = await sql.StartAsync(["--Targets:JudgedAfter=2", "--Targets:Pause=00:01:00"]);
        await using var other = await sql.OpenAsync();
        await using var held = await other.BeginTransactionAsync();
        await RunAsync(other, "update customers set balance = 1 where email = 'held'");
        const string text = "select name from customers where email = 'held' for update nowait";
        for (var i = 0; i < 3; i++)
        {
            var error = await ErrorAsync(service, new { connection = "free", sql = text }, "sql.execute");
            (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "locked"));
        }

        var answer = await service.RunAsync(
            "sql.execute",
            new { connection = "free", sql = Insert("not held") },
            request => request with { Deadline = DateTimeOffset.UtcNow + Eventually.Patience }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Fact]
    public async Task Rights_that_are_missing_are_access()
    {
        await sql.ExecuteAsync("create role visitor login password 'visitor-s3cret'");
        var settings = new NpgsqlConnectionStringBuilder(sql.PostgreSql)
        {
            Username = "visitor",
            Password = "visitor-s3cret",
        };
        await using var service = await sql.StartAsync([
            .. SqlFixture.Connection("visitor", settings.ConnectionString),
            "--Sql:Connections:visitor:FreeSql=true",
        ]);
        var error = await ErrorAsync(service, new { connection = "visitor", sql = "select * from customers" });
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "forbidden"));
        error.Message.ShouldContain("permission denied for table customers");
    }

    [Fact]
    public async Task A_server_that_takes_no_more_connections_is_come_back_to_later()
    {
        await sql.ExecuteAsync("create role crowd login password 'crowd-s3cret' connection limit 0");
        var settings = new NpgsqlConnectionStringBuilder(sql.PostgreSql)
        {
            Username = "crowd",
            Password = "crowd-s3cret",
        };
        await using var service = await sql.StartAsync([
            .. SqlFixture.Connection("crowd", settings.ConnectionString),
            "--Sql:Connections:crowd:FreeSql=true",
        ]);
        var error = await ErrorAsync(service, new { connection = "crowd", sql = "select 1" });
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Connectivity, "unavailable", true));
        error.Message.ShouldContain("too many connections for role");
    }

    [Fact]
    public async Task What_answers_is_no_database()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadAsync();
            await conversation.WriteAsync("220 mail.test ESMTP\r\n");
        });
        var settings = new NpgsqlConnectionStringBuilder(sql.PostgreSql) { Port = target.Port };
        await using var service = await sql.StartAsync([
            .. SqlFixture.Connection("strange", settings.ConnectionString),
            "--Sql:Connections:strange:FreeSql=true",
        ]);
        var error = await ErrorAsync(service, new { connection = "strange", sql = "select 1" });
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "unreachable"), error.Message);
    }

    [Fact]
    public async Task All_connections_in_use_is_told_as_that()
    {
        await using var service = await sql.StartAsync([
            "--Sql:Connections:free:MaxPoolSize=1",
            "--Sql:ConnectTimeout=00:00:01",
        ]);
        var slow = service.RunAsync("sql.query", new { connection = "free", sql = "select pg_sleep(3)" });
        await Eventually.PassesAsync(async () => (await SleepersAsync()).ShouldBe("1"));
        var error = await ErrorAsync(service, new { connection = "free", sql = "select 1" });
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "pool-exhausted"));
        (await slow).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_server_that_was_restarted_is_used_again_and_one_that_is_away_is_told()
    {
        (await sql.QueryAsync(new { connection = "free", sql = "select 1 as n" })).Completed.ShouldNotBeNull();
        await sql.Server.StopAsync();
        try
        {
            var error = await ErrorAsync(sql.Service, new { connection = "free", sql = "select 1 as n" });
            (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "connection-refused"));
            error.Message.ShouldContain("Check the port");
        }
        finally
        {
            await sql.Server.StartAsync();
        }

        NpgsqlConnection.ClearAllPools();
        (await sql.QueryAsync(new { connection = "free", sql = "select 1 as n" })).Completed.ShouldNotBeNull();
    }

    private static byte[] Refusal(string severity, string state, string message)
    {
        var fields = System.Text.Encoding.ASCII.GetBytes($"S{severity}\0C{state}\0M{message}\0\0");
        return [(byte)'E', 0, 0, 0, (byte)(fields.Length + 4), .. fields];
    }

    private static string Insert(string name) => $"insert into customers (email, name) values ('{name}', '{name}')";

    private static string[] Serial() =>
        [
            "--Sql:Connections:default:Isolation=RepeatableRead",
            .. SqlFixture.Statement(
                "rename",
                "update customers set name = name || ' by the task' where email = @email",
                "Parameters:email=text"
            ),
        ];

    /// <summary>Another session holds the row while the task begins, and commits while the task waits for it.</summary>
    private async Task RaceAsync(string email, Func<Task> task)
    {
        await sql.ExecuteAsync(Insert(email));
        await using var other = await sql.OpenAsync();
        await using var held = await other.BeginTransactionAsync();
        await RunAsync(other, $"update customers set name = '{email} 2' where email = '{email}'");
        var running = task();
        await WaitingAsync();
        await held.CommitAsync();
        await running;
    }

    private Task WaitingAsync() =>
        Eventually.PassesAsync(async () =>
            (
                await sql.ScalarAsync(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'integration-sql%'"
                )
            ).ShouldBe("1")
        );

    private Task<string?> SleepersAsync() =>
        sql.ScalarAsync(
            "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and application_name like 'integration-sql%'"
        );

    private Task<ServiceHarness> ThroughAsync(TcpRelay relay, params string[] settings) =>
        sql.StartAsync([
            .. SqlFixture.Connection(
                "relay",
                new NpgsqlConnectionStringBuilder(sql.PostgreSql) { Port = relay.Port }.ConnectionString
            ),
            "--Sql:Connections:relay:FreeSql=true",
            .. settings,
        ]);

    private static Task<TaskAnswer> InsertAsync(ServiceHarness service, string name) =>
        service.RunAsync("sql.execute", new { connection = "relay", sql = Insert(name) });

    private static Task<TaskAnswer> RenameAsync(ServiceHarness service, string email) =>
        service.RunAsync("sql.execute", new { statement = "rename", parameters = new { email } });

    private Task<string?> CountAsync(string email) =>
        sql.ScalarAsync($"select count(*) from customers where email = '{email}'");

    private static async Task<ErrorInfo> ErrorAsync(
        ServiceHarness service,
        object inputs,
        string operation = "sql.query"
    ) => (await service.RunAsync(operation, inputs)).Errored.ShouldNotBeNull().Error;

    private static async Task RunAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
