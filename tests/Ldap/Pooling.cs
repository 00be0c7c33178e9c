using System.Globalization;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Ldap.Tests;

public sealed class Pooling(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    [Fact]
    public async Task A_connection_is_used_again_and_closed_when_nobody_uses_it()
    {
        await using var directory = LdapDouble.Start();
        await using var service = await directory.ServiceAsync("--Ldap:ConnectionIdleTimeout=00:00:00.5");
        for (var i = 0; i < 10; i++)
            await service.RunAsync("ldap.delete", new { dn = LdapFixture.Ada });
        directory.Connections.ShouldBeLessThan(10);
        await Eventually.TrueAsync(() => directory.Open == 0);
        directory.Requests.ShouldContain(LdapDouble.Unbind);
    }

    [Fact]
    public async Task Hundreds_of_tasks_at_once_share_the_connections_that_the_target_allows()
    {
        await using var directory = LdapDouble.Start();
        await using var service = await directory.ServiceAsync("--Targets:CallsAtOnce=5");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(_ => service.RunAsync("ldap.delete", new { dn = LdapFixture.Ada }))
        );
        answers.ShouldAllBe(answer => answer.Completed != null);
        directory.Connections.ShouldBeInRange(1, 5);
    }

    [Fact]
    public async Task Many_tasks_at_once_get_each_its_own_answer()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(async i =>
                {
                    var uid = $"m{(i * 7).ToString("D4", CultureInfo.InvariantCulture)}";
                    var answer = await ldap.CallAsync(
                        "search",
                        new { filter = "(uid={{uid}})", parameters = new { uid } }
                    );
                    return (Expected: $"uid={uid},ou=many,dc=example,dc=org", Answer: answer);
                })
        );
        foreach (var (expected, answer) in answers)
            answer
                .Completed.ShouldNotBeNull(answer.Error)
                .Outputs.GetProperty("entries")[0]
                .GetProperty("dn")
                .GetString()
                .ShouldBe(expected);
    }

    [Fact]
    public async Task A_password_in_a_file_is_read_for_every_connection()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("password");
        await File.WriteAllTextAsync(file, "canary-wrong-password\n");
        await using var service = await ldap.WithAsync(
            $"--Ldap:Servers:by-file:Uri={ldap.Tls}",
            "--Ldap:Servers:by-file:BindDn=cn=integration,dc=example,dc=org",
            $"--Ldap:Servers:by-file:BindPasswordFile={file}"
        );
        Task<TaskAnswer> GetAsync() => service.RunAsync("ldap.get", new { dn = LdapFixture.Ada, server = "by-file" });
        (await GetAsync()).Errored.ShouldNotBeNull().Error.Code.ShouldBe("invalid-credentials");
        await File.WriteAllTextAsync(file, $"{ldap.Directory.Password}\n");
        (await GetAsync()).Completed.ShouldNotBeNull();
        File.Delete(file);
        // The connection is logged in already; a new one would not be.
        (await GetAsync()).Completed.ShouldNotBeNull();
        await ldap.Directory.StopAsync();
        await ldap.Directory.StartAsync();
        (await GetAsync()).Errored.ShouldNotBeNull().Error.Code.ShouldBe("secret-unavailable");
    }
}
