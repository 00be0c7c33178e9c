using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;

namespace Integration.Mail.Tests;

/// <summary>OAuth 2 before a real server that asks whether a token is good.</summary>
public sealed class Tokens(MailFixture mail) : IClassFixture<MailFixture>
{
    private const string Good = "canary-token-good-4711";

    private readonly string _box = $"box-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_token_that_is_good_sends_and_one_that_is_not_is_refused()
    {
        HttpTarget authority = null!;
        authority = await HttpTarget.StartAsync(context =>
        {
            // RFC 7662: the token stands in a form.
            var good = authority.Requests.Last().Body.Split('&').Contains($"token={Good}");
            return context.Response.WriteAsJsonAsync(
                good ? (object)new { active = true, username = "shop" } : new { active = false }
            );
        });
        await using var owned = authority;
        await using var server = await MailboxServer.StartAsync(mail.Server, new Uri(authority.Uri, "introspect"));
        using var folder = new TemporaryFolder("token");
        var file = folder.Combine("token");
        await File.WriteAllTextAsync(file, Good + "\n");
        await using var service = await ServiceHarness.StartAsync(
            MailFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                $"--Egress:TrustedAuthorities={server.Authority}",
                .. MailFixture.Account(
                    "default",
                    ("Port", $"{server.SubmissionPort}"),
                    ("User", "shop"),
                    ("TokenFile", file)
                ),
                "--Mail:IdleConnections=0",
            ]
        );
        var sent = await service.RunAsync("mail.send", Inputs());
        sent.Completed.ShouldNotBeNull(sent.Error);
        await mail.Server.MailAsync(_box);

        await File.WriteAllTextAsync(file, "expired");
        var error = (await service.RunAsync("mail.send", Inputs())).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Access, "authentication-failed", 535));
        authority.Requests.Count.ShouldBeGreaterThanOrEqualTo(2);
    }

    private object Inputs() =>
        new
        {
            to = new[] { $"{_box}@example.org" },
            subject = "x",
            text = "x",
        };
}
