using System.Net;
using System.Net.Sockets;
using Integration.Contracts;
using Integration.Errors;
using Integration.Mail.Smtp;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Mail.Tests;

/// <summary>What is known about the mail at each point of the conversation.</summary>
public sealed class Lost_connections
{
    private static readonly object _inputs = new
    {
        to = new[] { "ada@example.org" },
        subject = "x",
        text = "x",
    };

    private static readonly string[] _account =
    [
        "--Mail:Accounts:default:User=me",
        "--Mail:Accounts:default:Password=canary-9f3",
    ];

    public static TheoryData<string, string> BeforeTheLastDot =>
        new MatrixTheoryData<string, string>(
            ["greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"],
            [SmtpDouble.Close, SmtpDouble.Reset, "hello?\r\n", "999 what\r\n", "250-fine\r\n251 not the same\r\n"]
        );

    [Theory]
    [MemberData(nameof(BeforeTheLastDot))]
    public async Task Before_the_last_dot_nothing_was_sent_and_it_is_known(string command, string answer)
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => Is(line, command) ? answer : null);
        await using var service = await server.ServiceAsync(_account);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldNotBe(ErrorCategory.InDoubt);
        // A reset at once can reach us before the connection counts as one.
        if (error.Code != "unreachable")
            error.Message.ShouldContain("The mail was not sent");
        if (error.Code == "unreachable")
            (command, answer, error.Retryable).ShouldBe(("greeting", SmtpDouble.Reset, true));
        else if (answer is SmtpDouble.Close or SmtpDouble.Reset)
            (error.Category, error.Code, error.Retryable).ShouldBe(
                (ErrorCategory.Connectivity, "connection-lost", true)
            );
        else
            (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "malformed-answer"));
        server.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SmtpDouble.Close, "ended the connection")]
    [InlineData(SmtpDouble.Reset, "ended the connection")]
    [InlineData(SmtpDouble.Silence, "did not answer within 0.3 s")]
    [InlineData("hello?\r\n", "what is no SMTP")]
    [InlineData("354 more?\r\n", "which does not belong there")]
    public async Task After_the_last_dot_and_before_its_answer_the_task_is_in_doubt(string answer, string expected)
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => line == "content" ? answer : null);
        await using var service = await server.ServiceAsync([.. _account, "--Mail:AcceptTimeout=00:00:00.3"]);
        var first = await service.RunAsync("mail.send", _inputs);
        var error = first.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe(
            (ErrorCategory.InDoubt, ErrorCodes.OutcomeUnknown, false)
        );
        error.Message.ShouldContain(expected);
        server.Messages.Count.ShouldBe(1);

        // An operator who knows that it did not arrive sends it again: the same Message-ID.
        await service.RetryAsync(first);
        server.Messages.Count.ShouldBe(2);
        server
            .Messages.Select(message =>
                System.Text.Encoding.Latin1.GetString(message).Split("Message-ID: ")[1].Split("\r\n")[0]
            )
            .Distinct(StringComparer.Ordinal)
            .ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_server_that_is_lost_in_the_middle_of_the_message_got_no_end_of_it()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync(
            builder => builder.Services.AddSingleton<Files.IFileStores>(new BreakingFiles()),
            _account
        );
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { "ada@example.org" },
                subject = "x",
                text = "x",
                attachments = new[] { new { file = new FileReference("any", "x", 200_000, new string('0', 64)) } },
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "file-store-unavailable"));
        await Fixtures.Eventually.TrueAsync(() => server.CutMessages == 1);
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dot_that_the_network_refuses_was_not_received()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint);
        using (var server = await listener.AcceptSocketAsync())
            server.LingerState = new LingerOption(enable: true, seconds: 0);
        await Fixtures.Eventually.TrueAsync(() => socket.Poll(0, SelectMode.SelectRead));
        await using var connection = new SmtpConnection(socket, "localhost", "localhost:25", TimeProvider.System);

        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            connection.EndMailAsync(Fixtures.Eventually.Patience, CancellationToken.None)
        );

        (error.Code, error.EffectUnknown, connection.MayHaveSent).ShouldBe(("connection-lost", false, false));
        error.Message.ShouldContain("The mail was not sent");
    }

    [Fact]
    public async Task A_kept_connection_is_closed_when_its_task_is_withdrawn_before_it_is_used()
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => line == "RSET" ? SmtpDouble.Silence : null);
        await using var service = await server.ServiceAsync(_account);
        (await service.RunAsync("mail.send", _inputs)).Completed.ShouldNotBeNull();
        var request = ServiceHarness.Request("mail.send", _inputs);
        Task<TaskAnswer> answer = null!;
        await service.BeginAsync(request, task => answer = task);
        await Fixtures.Eventually.TrueAsync(() => server.Lines.Contains("RSET"));
        server.Open.ShouldBe(1);

        await service.CancelAsync(request);

        (await answer).Failed.ShouldNotBeNull().Error.Message.ShouldNotContain("may have had its effect");
        await Fixtures.Eventually.TrueAsync(() => server.Open == 0);
    }

    [Theory]
    [InlineData("greeting", "421 4.3.2 too busy\r\n", ErrorCategory.Connectivity, "unavailable", 421)]
    [InlineData("greeting", "554 5.3.2 nobody home\r\n", ErrorCategory.Access, "server-refused", 554)]
    [InlineData("EHLO", "550 5.7.1 not you\r\n", ErrorCategory.Access, "server-refused", 550)]
    [InlineData("STARTTLS", "454 4.7.0 later\r\n", ErrorCategory.Connectivity, "unavailable", 454)]
    [InlineData("AUTH", "454 4.7.0 later\r\n", ErrorCategory.Connectivity, "unavailable", 454)]
    [InlineData("AUTH", "535 5.7.8 no\r\n", ErrorCategory.Access, "authentication-failed", 535)]
    [InlineData("MAIL", "452 4.3.1 disk full\r\n", ErrorCategory.Volumetric, "throttled", 452)]
    [InlineData("MAIL", "552 5.3.4 too much\r\n", ErrorCategory.Volumetric, "too-large", 552)]
    [InlineData("MAIL", "553 5.1.8 no such sender\r\n", ErrorCategory.Access, "sender-refused", 553)]
    [InlineData("RCPT", "421 4.7.0 bye\r\n", ErrorCategory.Connectivity, "unavailable", 421)]
    [InlineData("RCPT", "530 5.7.0 who are you\r\n", ErrorCategory.Access, "authentication-required", 530)]
    [InlineData("DATA", "451 4.3.0 later\r\n", ErrorCategory.Connectivity, "unavailable", 451)]
    [InlineData("DATA", "554 5.5.1 no\r\n", ErrorCategory.Data, "mail-refused", 554)]
    [InlineData("content", "421 4.3.2 going down\r\n", ErrorCategory.Connectivity, "unavailable", 421)]
    [InlineData("content", "452 4.3.1 disk full\r\n", ErrorCategory.Volumetric, "throttled", 452)]
    [InlineData("content", "552-5.3.4 too\r\n552 5.3.4 much\r\n", ErrorCategory.Volumetric, "too-large", 552)]
    [InlineData("content", "550 5.7.1 spam\r\n", ErrorCategory.Data, "mail-refused", 550)]
    public async Task Permanent_and_temporary_refusals_are_told_apart(
        string command,
        string reply,
        ErrorCategory category,
        string code,
        int status
    )
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => Is(line, command) ? reply : null);
        await using var service = await server.ServiceAsync(_account);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((category, code, status));
        error.Retryable.ShouldBe(status < 500);
        error.Message.ShouldContain("The mail was not sent");
    }

    [Fact]
    public async Task A_server_without_STARTTLS_hears_no_mail()
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => Is(line, "EHLO") ? "250 double\r\n" : null);
        await using var service = await server.ServiceAsync();
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "starttls-not-offered"));
        error.Message.ShouldContain("Mail__Accounts__default__Security");
        server.Lines.ShouldAllBe(line => Is(line, "EHLO") || Is(line, "QUIT"));
    }

    [Fact]
    public async Task Answers_that_were_put_in_the_clear_behind_STARTTLS_are_not_believed()
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => line == "STARTTLS" ? "220 go ahead\r\n250-evil\r\n250 AUTH PLAIN\r\n" : null
        );
        await using var service = await server.ServiceAsync(_account);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "tls-failed"));
        server.Lines.ShouldNotContain(line => Is(line, "AUTH"));
    }

    [Fact]
    public async Task A_port_that_speaks_no_TLS_is_told_as_such()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync("--Mail:Accounts:default:Security=ImplicitTls");
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "tls-failed"));
    }

    [Fact]
    public async Task Without_TLS_only_where_it_is_configured()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync("--Mail:Accounts:default:Security=None");
        (await service.RunAsync("mail.send", _inputs)).Completed.ShouldNotBeNull();
        server.Lines.ShouldNotContain("STARTTLS");
    }

    [Theory]
    [InlineData("greeting")]
    [InlineData("EHLO")]
    [InlineData("STARTTLS")]
    [InlineData("AUTH")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task A_server_that_is_silent_before_the_last_dot_is_a_timeout(string command)
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => Is(line, command) ? SmtpDouble.Silence : null
        );
        await using var service = await server.ServiceAsync([.. _account, "--Mail:CommandTimeout=00:00:00.3"]);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Connectivity, "timeout", true));
        error.Message.ShouldContain("The mail was not sent");
    }

    [Theory]
    [InlineData("RCPT", ErrorCategory.Connectivity)]
    [InlineData("EHLO", ErrorCategory.Connectivity)]
    [InlineData("content", ErrorCategory.InDoubt)]
    public async Task When_the_time_for_all_is_over_it_is_told_what_is_known(string command, ErrorCategory category)
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => Is(line, command) ? SmtpDouble.Silence : null
        );
        await using var service = await server.ServiceAsync([.. _account, "--Mail:TotalTimeout=00:00:01"]);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(category);
        error.Message.ShouldContain("Mail__TotalTimeout");
    }

    [Theory]
    [InlineData("RCPT", ErrorCategory.Connectivity, ErrorCodes.DeadlinePassed)]
    [InlineData("content", ErrorCategory.InDoubt, ErrorCodes.OutcomeUnknown)]
    public async Task When_the_deadline_passes_it_is_told_what_is_known(
        string command,
        ErrorCategory category,
        string code
    )
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => Is(line, command) ? SmtpDouble.Silence : null
        );
        await using var service = await server.ServiceAsync(_account);
        var answer = await service.RunAsync(
            "mail.send",
            _inputs,
            request => request with { Deadline = DateTimeOffset.UtcNow.AddSeconds(1.5) }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((category, code, false));
        error.Message.ShouldContain("deadline");
    }

    [Fact]
    public async Task A_withdrawn_task_hangs_up()
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => Is(line, "RCPT") ? SmtpDouble.Silence : null);
        await using var service = await server.ServiceAsync(_account);
        var request = ServiceHarness.Request("mail.send", _inputs);
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, begun => answer = begun);
        await Fixtures.Eventually.TrueAsync(() => server.Lines.Any(line => Is(line, "RCPT")));
        await service.CancelAsync(request);
        (await answer!).Failed.ShouldNotBeNull().Error.Message.ShouldNotContain("may have had its effect");
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_that_is_withdrawn_after_the_last_dot_is_told_as_the_server_answers()
    {
        using var mayAnswer = new ManualResetEventSlim();
        await using var server = await SmtpDouble.StartAsync(
            (line, _) =>
            {
                if (line == "content")
                    mayAnswer.Wait();
                return null;
            }
        );
        await using var service = await server.ServiceAsync(_account);
        var answer = await WithdrawnAfterTheDotAsync(service, server);
        mayAnswer.Set();
        (await answer).Completed.ShouldNotBeNull();
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task And_as_in_doubt_when_it_does_not_answer()
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => line == "content" ? SmtpDouble.Silence : null
        );
        await using var service = await server.ServiceAsync(_account);
        var error = (await await WithdrawnAfterTheDotAsync(service, server)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.InDoubt, ErrorCodes.OutcomeUnknown));
        error.Message.ShouldContain("was withdrawn when");
    }

    private static async Task<Task<TaskAnswer>> WithdrawnAfterTheDotAsync(ServiceHarness service, SmtpDouble server)
    {
        var request = ServiceHarness.Request("mail.send", _inputs);
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, begun => answer = begun);
        await Fixtures.Eventually.TrueAsync(() => server.Messages.Count == 1);
        await service.CancelAsync(request);
        return answer!;
    }

    [Fact]
    public async Task A_process_that_dies_after_its_intent_leaves_a_doubt_and_sends_nothing_twice()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync(_account);
        service.CrashAt(Sdk.PipelineStep.Executed);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.InDoubt);
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_connection_is_used_for_mails_that_follow_each_other()
    {
        await using var server = await SmtpDouble.StartAsync();
        var service = await server.ServiceAsync([.. _account, "--Mail:MailsPerConnection=3"]);
        for (var i = 0; i < 5; i++)
            (await service.RunAsync("mail.send", _inputs)).Completed.ShouldNotBeNull();
        server.Connections.ShouldBe(2);
        server.Messages.Count.ShouldBe(5);
        await service.DisposeAsync();
        server.Lines.Count(line => line == "QUIT").ShouldBe(2);
    }

    [Theory]
    [InlineData(SmtpDouble.Close)]
    [InlineData("421 4.4.2 idle too long\r\n")]
    [InlineData("500 what\r\n")]
    public async Task A_kept_connection_that_the_server_has_given_up_is_replaced(string answer)
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => line == "RSET" ? answer : null);
        await using var service = await server.ServiceAsync(_account);
        for (var i = 0; i < 3; i++)
            (await service.RunAsync("mail.send", _inputs)).Completed.ShouldNotBeNull();
        server.Connections.ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_recipient_is_followed_by_RSET()
    {
        await using var server = await SmtpDouble.StartAsync((line, _) => Is(line, "RCPT") ? "550 5.1.1 no\r\n" : null);
        await using var service = await server.ServiceAsync(_account);
        (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull();
        server.Lines.Last().ShouldBe("RSET");
    }

    [Fact]
    public async Task A_token_is_presented_as_XOAUTH2()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync(
            "--Mail:Accounts:default:User=me@example.org",
            "--Mail:Accounts:default:Token=ya29.token"
        );
        (await service.RunAsync("mail.send", _inputs)).Completed.ShouldNotBeNull();
        var line = server.Lines.Single(line => Is(line, "AUTH"));
        line.ShouldStartWith("AUTH XOAUTH2 ");
        System
            .Text.Encoding.UTF8.GetString(Convert.FromBase64String(line["AUTH XOAUTH2 ".Length..]))
            .ShouldBe("user=me@example.org\u0001auth=Bearer ya29.token\u0001\u0001");
    }

    [Fact]
    public async Task A_token_that_is_refused_with_a_question_is_an_access_error()
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) =>
                Is(line, "AUTH") ? "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n"
                : line.Length == 0 ? "535 5.7.8 bad token\r\n"
                : null
        );
        await using var service = await server.ServiceAsync(
            "--Mail:Accounts:default:User=me@example.org",
            "--Mail:Accounts:default:Token=ya29.token"
        );
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Access, "authentication-failed", 535));
    }

    [Fact]
    public async Task A_mechanism_that_is_not_offered_is_told_before_any_secret_is_sent()
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, number) => Is(line, "EHLO") ? "250-double\r\n250-STARTTLS\r\n250 AUTH CRAM-MD5\r\n" : null
        );
        await using var service = await server.ServiceAsync(_account);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "authentication-not-offered"));
        error.Message.ShouldContain("CRAM-MD5");
        server.Lines.ShouldNotContain(line => Is(line, "AUTH"));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_needs_a_server_that_knows_such()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync(_account);
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { "zoë@example.org" },
                subject = "x",
                text = "x",
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "address-not-supported"));
        server.Lines.ShouldNotContain(line => Is(line, "MAIL"));
    }

    [Theory]
    [InlineData(5_000, 1)]
    [InlineData(10, 500)]
    public async Task A_server_that_talks_without_end_is_not_listened_to_without_end(int length, int lines)
    {
        var answer = string.Concat(Enumerable.Repeat($"250-{new string('x', length)}\r\n", lines));
        await using var server = await SmtpDouble.StartAsync((line, _) => Is(line, "EHLO") ? answer : null);
        await using var service = await server.ServiceAsync(_account);
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "malformed-answer"));
    }

    [Fact]
    public async Task The_guard_refuses()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync("--Egress:AllowLoopback=false");
        var error = (await service.RunAsync("mail.send", _inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "egress-refused"));
        server.Connections.ShouldBe(0);
    }

    private static bool Is(string line, string command) => line.StartsWith(command, StringComparison.Ordinal);
}
