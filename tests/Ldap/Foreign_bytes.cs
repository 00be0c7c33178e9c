using System.Text;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Ldap.Tests;

/// <summary>Servers that speak something else, or too much.</summary>
public sealed class Foreign_bytes
{
    public static TheoryData<string> Malformed =>
        [
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            // Indefinite and absurd lengths.
            "\u0030\u0080\u0002\u0001\u0001",
            "\u0030\u0085\u0001\u0001\u0001\u0001\u0001",
            // Another message than the one that was asked for, and a negative one.
            "\u0030\u000c\u0002\u0001\u0063\u0065\u0007\u000a\u0001\u0000\u0004\u0000\u0004\u0000",
            "\u0030\u000c\u0002\u0001\u00ff\u0065\u0007\u000a\u0001\u0000\u0004\u0000\u0004\u0000",
            // The answer to another kind of request.
            "\u0030\u000c\u0002\u0001\u0001\u0061\u0007\u000a\u0001\u0000\u0004\u0000\u0004\u0000",
            // Lengths that lead out of the message.
            "\u0030\u000c\u0002\u0001\u0001\u0065\u0077\u000a\u0001\u0000\u0004\u0000\u0004\u0000",
            "\u0030\u000c\u0002\u0001\u0001\u0065\u0007\u000a\u0001\u0000\u0004\u0070\u0004\u0000",
            // Nothing in it.
            "\u0030\u0000",
        ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_no_LDAP_is_an_error_that_says_so(string bytes)
    {
        await using var directory = LdapDouble.Start((_, _) => Encoding.Latin1.GetBytes(bytes));
        await using var service = await directory.ServiceAsync();
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "malformed-answer"));
        error.Target.ShouldBe($"localhost:{directory.Port}");
        // A change may have been made, whatever came back.
        var add = await service.RunAsync("ldap.add", new { dn = LdapFixture.Ada, attributes = new { cn = "x" } });
        add.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.InDoubt);
    }

    [Fact]
    public async Task A_result_is_known_whatever_letters_the_server_writes_beside_it()
    {
        // "gelöscht" and "geändert" in Latin-1, as old servers write.
        static byte[] Answer(int id, int tag, int code) =>
            [
                0x30,
                0x1c,
                0x02,
                0x01,
                (byte)id,
                (byte)(0x60 + tag),
                0x17,
                0x0a,
                0x01,
                (byte)code,
                .. Words("gel\u00f6scht"),
                .. Words("ge\u00e4ndert"),
            ];
        static byte[] Words(string text) => [0x04, (byte)text.Length, .. Encoding.Latin1.GetBytes(text)];

        var code = 0;
        await using var directory = LdapDouble.Start(
            (tag, id) => tag == LdapDouble.AddRequest ? Answer(id, tag + 1, code) : null
        );
        await using var service = await directory.ServiceAsync();
        var inputs = new { dn = LdapFixture.Ada, attributes = new { cn = "x" } };
        (await service.RunAsync("ldap.add", inputs)).Completed.ShouldNotBeNull();
        code = 68;
        var error = (await service.RunAsync("ldap.add", inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "already-exists"));
        error.Message.ShouldContain("ge\ufffdndert");
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_not_read()
    {
        // It says that two gigabytes follow; they need not.
        await using var directory = LdapDouble.Start((_, _) => [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x02]);
        await using var service = await directory.ServiceAsync();
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Volumetric, "message-too-large"));
        error.Message.ShouldContain("Ldap__MaxMessageBytes");
    }

    [Fact]
    public async Task A_server_without_pages_that_sends_too_much_is_hung_up_on()
    {
        await using var directory = LdapDouble.Start(
            (tag, id) =>
                tag != LdapDouble.SearchRequest
                    ? null
                    :
                    [
                        .. Enumerable
                            .Range(0, 50)
                            .SelectMany(i => LdapDouble.Entry(id, $"uid=u{i},{LdapFixture.People}")),
                        .. LdapDouble.Result(id, LdapDouble.SearchDone, 0),
                    ]
        );
        await using var service = await directory.ServiceAsync("--Ldap:MaxEntries=20");
        var all = await service.RunAsync("ldap.search", new { @base = LdapFixture.People });
        all.Errored.ShouldNotBeNull().Error.Code.ShouldBe("too-many-entries");
        var some = (
            await service.RunAsync("ldap.search", new { @base = LdapFixture.People, limit = 5 })
        ).Completed.ShouldNotBeNull();
        (some.Outputs.GetProperty("count").GetInt32(), some.Outputs.GetProperty("complete").GetBoolean()).ShouldBe(
            (5, false)
        );
        await Eventually.TrueAsync(() => directory.Open == 0);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_the_entries_is_an_error_and_no_half_answer()
    {
        await using var directory = LdapDouble.Start(
            (_, id) =>
            {
                byte[] whole = [.. LdapDouble.Entry(id, LdapFixture.Ada), .. LdapDouble.Entry(id, LdapFixture.Ada)];
                return whole[..^3];
            }
        );
        await using var service = await directory.ServiceAsync("--Ldap:SearchTimeout=00:00:01");
        var error = (await service.RunAsync("ldap.search", new { @base = LdapFixture.People }))
            .Errored.ShouldNotBeNull()
            .Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "timeout"));
    }

    [Fact]
    public async Task A_connection_that_is_reset_behind_the_first_entries_is_an_error_and_no_half_answer()
    {
        await using var directory = LdapDouble.Start(
            (tag, id) =>
                [
                    .. LdapDouble.Entry(id, LdapFixture.Ada),
                    .. LdapDouble.Entry(id, $"uid=bob,{LdapFixture.People}"),
                    .. LdapDouble.Reset,
                ]
        );
        await using var service = await directory.ServiceAsync();
        var answer = await service.RunAsync("ldap.search", new { @base = LdapFixture.People });
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Connectivity, "connection-lost", true));
        directory.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_says_why_it_hangs_up_is_quoted()
    {
        await using var directory = LdapDouble.Start(
            (_, _) => LdapDouble.Result(0, LdapDouble.ExtendedResponse, 52, "shutting down for the night")
        );
        await using var service = await directory.ServiceAsync();
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Connectivity, "connection-lost", true));
        error.Message.ShouldContain("unavailable (52), shutting down for the night");
    }

    [Fact]
    public async Task Whatever_bytes_come_end_in_an_error_of_the_contract_and_the_service_goes_on()
    {
        const int Seed = 20261127;
        var random = new Random(Seed);
        var strange = new List<byte[]>();
        byte[] good =
        [
            .. LdapDouble.Entry(1, LdapFixture.Ada),
            .. LdapDouble.Result(1, LdapDouble.SearchDone, 0, "words", LdapFixture.People),
        ];
        for (var i = 0; i < 150; i++)
        {
            var bytes = i % 3 == 0 ? new byte[random.Next(1, 60)] : (byte[])good.Clone();
            if (i % 3 == 0)
                random.NextBytes(bytes);
            for (var change = 0; change < 1 + i % 4; change++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            strange.Add([.. bytes, .. good]);
        }

        var next = -1;
        await using var directory = LdapDouble.Start(
            (_, _) => strange[Interlocked.Increment(ref next) % strange.Count],
            tls: false
        );
        await using var service = await directory.ServiceAsync(
            "--Ldap:Servers:default:StartTls=Off",
            "--Ldap:SearchTimeout=00:00:01",
            "--Ldap:AnswerTimeout=00:00:00.5",
            "--Targets:JudgedAfter=10000"
        );
        var answers = await Task.WhenAll(
            strange.Select(_ => service.RunAsync("ldap.get", new { dn = LdapFixture.Ada }))
        );
        foreach (var error in answers.Select(answer => answer.Errored?.Error).OfType<ErrorInfo>())
            error.Category.ShouldNotBe(ErrorCategory.Internal, $"seed {Seed}: {error.Message}");
        answers.Count(answer => answer.Errored is not null).ShouldBeGreaterThan(50);
    }
}
