using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Mail.Tests;

/// <summary>Passwords and tokens stay between us and the server, whatever happens and whatever the server says.</summary>
public sealed class Secrets
{
    private const string Canary = "canary:7f\"3<é";

    public static TheoryData<string, string, string> Failures
    {
        get
        {
            var failures = new TheoryData<string, string, string>();
            string[] answers = ["451 4.0.0 {0}", "550 5.0.0 {0}", "250-{0}", "what is {0}"];
            foreach (var answer in answers)
            {
                failures.Add("Token", "AUTH", answer);
                foreach (
                    var command in new[] { "greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "content" }
                )
                    failures.Add("Password", command, answer);
            }

            return failures;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Nothing_that_leaves_the_service_holds_them(string kind, string command, string answer)
    {
        SmtpDouble server = null!;
        server = await SmtpDouble.StartAsync(
            (line, _) =>
                // The server repeats all that it was told, and the secret in the clear.
                line.StartsWith(command, StringComparison.Ordinal)
                    ? string.Format(
                        null,
                        answer,
                        $"{Canary} {string.Join(' ', server.Lines.Where(one => one != "DATA" && one.Length < 200))}"
                    ) + "\r\n"
                    : null
        );
        await using var owned = server;
        using var log = new LogLines();
        await using var service = await server.ServiceAsync(
            builder => builder.Services.AddSingleton<ILoggerProvider>(log),
            "--Mail:Accounts:default:User=me",
            $"--Mail:Accounts:default:{kind}={Canary}",
            "--Mail:CommandTimeout=00:00:00.3",
            "--Mail:AcceptTimeout=00:00:00.3",
            "--Logging:LogLevel:Default=Trace"
        );
        var result = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { "a@example.org" },
                subject = "x",
                text = "x",
            }
        );
        var error = result.Errored.ShouldNotBeNull();
        log.Lines.ShouldNotBeEmpty();
        var all = JsonSerializer.Serialize(error, ContractJson.Default.TaskErrored) + log.Text;
        foreach (var secret in Forms())
            all.ShouldNotContain(secret, Case.Sensitive);
    }

    [Fact]
    public async Task A_password_can_be_replaced_in_its_file_while_the_service_runs()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("password");
        await File.WriteAllTextAsync(file, "first\n");
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync(
            "--Mail:Accounts:default:User=me",
            $"--Mail:Accounts:default:PasswordFile={file}",
            "--Mail:IdleConnections=0"
        );
        var inputs = new
        {
            to = new[] { "a@example.org" },
            subject = "x",
            text = "x",
        };
        (await service.RunAsync("mail.send", inputs)).Completed.ShouldNotBeNull();
        await File.WriteAllTextAsync(file, "second");
        (await service.RunAsync("mail.send", inputs)).Completed.ShouldNotBeNull();
        server
            .Lines.Where(line => line.StartsWith("AUTH PLAIN ", StringComparison.Ordinal))
            .Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line["AUTH PLAIN ".Length..])))
            .ShouldBe(["\0me\0first", "\0me\0second"]);

        File.Delete(file);
        var error = (await service.RunAsync("mail.send", inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "secret-unreadable"));
        error.Message.ShouldContain("Mail__Accounts__default__PasswordFile");
    }

    private static IEnumerable<string> Forms()
    {
        yield return Canary;
        yield return JsonEncodedText.Encode(Canary).ToString();
        foreach (var text in new[] { Canary, $"\0me\0{Canary}", $"user=me\u0001auth=Bearer {Canary}\u0001\u0001" })
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }
}
