using Integration.Contracts;
using Integration.Files;
using Integration.Fixtures;
using Integration.Ldap.Add;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Ldap.Tests;

/// <summary>What is known when a connection dies. The directory is real; a relay before it breaks connections.</summary>
public sealed class Lost_connections(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    private const string Open = "ou=open,dc=example,dc=org";

    [Fact]
    public async Task When_the_answer_to_an_add_is_lost_the_task_is_in_doubt_and_the_entry_may_be_there()
    {
        await using var relay = TcpRelay.Start(ldap.Directory.Port);
        relay.CutAnswerTo = "cn=doubtful"u8.ToArray();
        await using var service = await ThroughAsync(relay);
        var error = (await service.RunAsync("ldap.add", Role("doubtful"))).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe(
            (ErrorCategory.InDoubt, ErrorCodes.OutcomeUnknown, false)
        );
        error.Message.ShouldContain($"localhost:{relay.Port} ended the connection");
        (await ldap.Directory.ReadAsync($"cn=doubtful,{Open}")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task When_the_answer_to_a_replace_is_lost_the_task_is_repeated()
    {
        await using var relay = TcpRelay.Start(ldap.Directory.Port);
        await using var service = await ThroughAsync(relay);
        (await service.RunAsync("ldap.add", Role("replaced"))).Completed.ShouldNotBeNull();
        relay.CutAnswerTo = "first-title"u8.ToArray();
        var first = await service.RunAsync(
            "ldap.modify",
            new { dn = $"cn=replaced,{Open}", replace = new { description = "first-title" } }
        );
        var error = first.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Connectivity, "connection-lost", true));
        relay.CutAnswerTo = null;
        (await service.RetryAsync(first)).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_add_that_keeps_what_is_there_and_a_delete_are_repeated_when_their_answers_are_lost()
    {
        await using var relay = TcpRelay.Start(ldap.Directory.Port);
        await using var service = await ThroughAsync(relay);
        var add = new
        {
            dn = $"cn=repeated,{Open}",
            attributes = new { objectClass = "organizationalRole", cn = "repeated" },
            ifExists = "keep",
        };
        var delete = new { dn = $"cn=repeated,{Open}" };
        foreach (
            var (verb, inputs, output) in new (string, object, string)[]
            {
                ("add", add, "created"),
                ("delete", delete, "deleted"),
            }
        )
        {
            relay.CutAnswerTo = "cn=repeated"u8.ToArray();
            var first = await service.RunAsync($"ldap.{verb}", inputs);
            var error = first.Errored.ShouldNotBeNull().Error;
            (error.Category, error.Code, error.Retryable).ShouldBe(
                (ErrorCategory.Connectivity, "connection-lost", true)
            );
            relay.CutAnswerTo = null;
            var second = await service.RetryAsync(first);
            // It had its effect the first time.
            second.Completed.ShouldNotBeNull(second.Error).Outputs.GetProperty(output).GetBoolean().ShouldBeFalse();
        }

        (await ldap.Directory.ReadAsync($"cn=repeated,{Open}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_connection_with_the_last_words_of_the_server_is_not_used_for_a_change()
    {
        // What Active Directory sends before it hangs up on a connection that was idle for long.
        var requests = 0;
        await using var directory = LdapDouble.Start(
            (tag, id) =>
                ++requests == 1
                    ?
                    [
                        .. LdapDouble.Result(id, tag + 1, 0),
                        .. LdapDouble.Result(0, LdapDouble.ExtendedResponse, 52, "idle for too long"),
                    ]
                    : null,
            tls: false
        );
        await using var service = await directory.ServiceAsync("--Ldap:Servers:default:StartTls=Off");
        for (var i = 0; i < 2; i++)
        {
            var add = await service.RunAsync("ldap.add", Role("farewell"));
            add.Completed.ShouldNotBeNull(add.Error);
        }

        directory.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_search_that_the_process_withdraws_is_ended_on_the_server_too()
    {
        await using var silent = LdapDouble.Start((_, _) => LdapDouble.Silence);
        await using var service = await silent.ServiceAsync();
        var request = ServiceHarness.Request("ldap.get", new { dn = LdapFixture.Ada });
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, coming => answer = coming);
        await Eventually.TrueAsync(() => silent.Requests.Count == 1);
        await service.CancelAsync(request);
        (await answer!).Failed.ShouldNotBeNull();
        await Eventually.TrueAsync(() => silent.Open == 0);
    }

    [Fact]
    public async Task A_search_in_a_connection_that_was_kept_and_died_is_made_on_a_fresh_one()
    {
        var searches = 0;
        await using var directory = LdapDouble.Start(
            (tag, id) =>
                tag != LdapDouble.SearchRequest ? null
                : ++searches == 2 ? LdapDouble.Close
                : [.. LdapDouble.Entry(id, LdapFixture.Ada), .. LdapDouble.Result(id, LdapDouble.SearchDone, 0)]
        );
        await using var service = await directory.ServiceAsync();
        for (var i = 0; i < 2; i++)
            (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Completed.ShouldNotBeNull();
        (searches, directory.Connections).ShouldBe((3, 2));
    }

    [Fact]
    public async Task Connections_survive_a_restart_of_the_server()
    {
        await using var service = await ldap.WithAsync();
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 20)
                    .Select(i =>
                        i % 2 == 0
                            ? service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })
                            : service.RunAsync(
                                "ldap.add",
                                new
                                {
                                    dn = $"cn=r{round}-{i},{LdapFixture.People}",
                                    attributes = new { objectClass = "organizationalRole", cn = $"r{round}-{i}" },
                                }
                            )
                    )
            );
            answers.ShouldAllBe(answer => answer.Completed != null, string.Join('\n', answers.Select(a => a.Error)));
            await ldap.Directory.StopAsync();
            await ldap.Directory.StartAsync();
        }
    }

    [Fact]
    public async Task A_silent_server_is_given_up_and_a_change_is_then_in_doubt()
    {
        await using var relay = TcpRelay.Start(ldap.Directory.Port);
        relay.FallSilentAt = "cn=silent"u8.ToArray();
        await using var service = await ThroughAsync(relay, "--Ldap:AnswerTimeout=00:00:00.3");
        var add = (await service.RunAsync("ldap.add", Role("silent"))).Errored.ShouldNotBeNull().Error;
        (add.Category, add.Code).ShouldBe((ErrorCategory.InDoubt, ErrorCodes.OutcomeUnknown));
        add.Message.ShouldContain("did not answer within 0.3 s");
        var delete = (await service.RunAsync("ldap.delete", new { dn = $"cn=silent,{Open}" }))
            .Errored.ShouldNotBeNull()
            .Error;
        (delete.Category, delete.Code, delete.Retryable).ShouldBe((ErrorCategory.Connectivity, "timeout", true));
        (await ldap.Directory.ReadAsync($"cn=silent,{Open}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_connection_that_a_firewall_forgot_does_not_leave_a_change_in_doubt()
    {
        await using var relay = TcpRelay.Start(ldap.Directory.Port);
        var time = new ShiftedTime();
        await using var service = await ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddLdap();
                builder.Services.AddSingleton<TimeProvider>(time);
            },
            Settings(relay, "--Ldap:ConnectTimeout=00:00:00.3")
        );
        (await service.RunAsync("ldap.add", Role("before"))).Completed.ShouldNotBeNull();
        time.Shift = TimeSpan.FromSeconds(5);
        // From here on the old connection swallows everything, beginning with the question whether it lives.
        relay.FallSilentAt = "objectClass"u8.ToArray();
        var add = service.RunAsync("ldap.add", Role("after"));
        await Eventually.TrueAsync(() => relay.Silent == 1);
        relay.FallSilentAt = null;
        (await add).Outputs<AddOperation.Output>().Created.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_on_one_server_goes_on_while_another_one_hangs()
    {
        await using var silent = LdapDouble.Start(
            (tag, _) => tag == LdapDouble.SearchRequest ? LdapDouble.Silence : null,
            tls: false
        );
        await using var service = await ldap.WithAsync(
            $"--Ldap:Servers:silent:Uri=ldap://localhost:{silent.Port}",
            "--Ldap:Servers:silent:StartTls=Off",
            "--Targets:CallsAtOnce=2"
        );
        var hanging = Enumerable
            .Range(0, 5)
            .Select(_ => service.RunAsync("ldap.get", new { dn = LdapFixture.Ada, server = "silent" }))
            .ToList();
        await Eventually.TrueAsync(() => silent.Open == 2);
        for (var i = 0; i < 10; i++)
            (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Completed.ShouldNotBeNull();
        silent.Open.ShouldBe(2);
        hanging.ShouldAllBe(task => !task.IsCompleted);
    }

    [Fact]
    public async Task A_deadline_ends_a_search_and_leaves_a_change_in_doubt()
    {
        await using var silent = LdapDouble.Start((_, _) => LdapDouble.Silence);
        await using var service = await silent.ServiceAsync();
        TaskRequested Soon(TaskRequested request) => request with { Deadline = DateTimeOffset.UtcNow.AddSeconds(0.5) };
        var get = await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada }, Soon);
        get.Errored.ShouldNotBeNull().Error.Code.ShouldBe(ErrorCodes.DeadlinePassed);
        var add = await service.RunAsync("ldap.add", Role("late"), Soon);
        add.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.InDoubt);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_a_file_is_read_leaves_no_doubt_about_a_change()
    {
        await using var directory = LdapDouble.Start(tls: false);
        await using var service = await ServiceHarness.StartAsync(
            builder =>
            {
                LdapFixture.Configure(builder);
                builder.Services.AddSingleton<IFileStores>(new WaitingFiles());
            },
            [
                $"--Ldap:Servers:default:Uri=ldap://localhost:{directory.Port}",
                "--Ldap:Servers:default:StartTls=Off",
                "--Egress:AllowLoopback=true",
            ]
        );
        var file = new FileReference("documents", "photo", 10, new string('0', 64));
        var add = await service.RunAsync(
            "ldap.add",
            new { dn = $"cn=waiting,{Open}", attributes = new { jpegPhoto = file } },
            request => request with { Deadline = DateTimeOffset.UtcNow.AddSeconds(0.5) }
        );
        var error = add.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, ErrorCodes.DeadlinePassed));
        directory.Connections.ShouldBe(0);
    }

    private static object Role(string cn) =>
        new { dn = $"cn={cn},{Open}", attributes = new { objectClass = "organizationalRole", cn } };

    private Task<ServiceHarness> ThroughAsync(TcpRelay relay, params string[] settings) =>
        ServiceHarness.StartAsync(LdapFixture.Configure, Settings(relay, settings));

    private static string[] Settings(TcpRelay relay, params string[] settings) =>
        [
            "--Egress:AllowLoopback=true",
            $"--Ldap:Servers:default:Uri=ldap://localhost:{relay.Port}",
            "--Ldap:Servers:default:StartTls=Off",
            .. settings,
        ];

    /// <summary>The clock of the system, moved on: what was silent for a moment was silent for long.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Shift.TotalSeconds * TimestampFrequency);
    }
}
