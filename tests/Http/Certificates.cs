using System.Security.Cryptography.X509Certificates;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Integration.Http.Tests;

public sealed class Certificates : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_with_the_way_out()
    {
        var error = await RefusedAsync(_authority.Issue(), trusted: null);
        error.Message.ShouldContain("no trusted authority has issued it");
        error.Message.ShouldContain("Egress__TrustedAuthorities");
    }

    [Fact]
    public async Task A_certificate_of_another_authority_than_the_trusted_ones_is_refused()
    {
        using var other = new TestAuthority();
        await RefusedAsync(_authority.Issue(), other.PemFile);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        var error = await RefusedAsync(_authority.Issue(host: "api.example.org"), _authority.PemFile);
        error.Message.ShouldContain("it is for another host (CN=api.example.org)");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_its_date()
    {
        var until = DateTimeOffset.UtcNow.AddHours(-1);
        var error = await RefusedAsync(_authority.Issue(until), _authority.PemFile);
        error.Message.ShouldContain($"it expired on {until:yyyy-MM-dd}");
    }

    [Fact]
    public async Task A_trusted_authority_of_ones_own_is_enough_and_HTTP_2_is_spoken_where_it_is_offered()
    {
        await using var target = await HttpTarget.StartAsync(
            context => context.Response.WriteAsync("hello"),
            _authority.Issue()
        );
        using var outgoing = Trusting(_authority.PemFile);
        (await outgoing.GetAsync(target.Uri)).Excerpt(100).ShouldBe("hello");
        target.Requests.ShouldHaveSingleItem().Protocol.ShouldBe("HTTP/2");
    }

    [Fact]
    public async Task A_target_that_speaks_no_TLS_is_told_as_such()
    {
        await using var target = TcpTarget.Start(conversation => conversation.WriteAsync("220 mail.test ESMTP\r\n"));
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.GetAsync(new Uri($"https://127.0.0.1:{target.Port}/"), Outgoing.Limits with { Retries = 0 })
        );
        error.Code.ShouldBe("tls-failed");
        error.EffectUnknown.ShouldBeFalse();
    }

    public void Dispose() => _authority.Dispose();

    private static Outgoing Trusting(string? pemFile) =>
        new(egress: new EgressOptions { AllowLoopback = true, TrustedAuthorities = pemFile ?? "" });

    private static async Task<AccessErrorException> RefusedAsync(X509Certificate2 certificate, string? trusted)
    {
        await using var target = await HttpTarget.StartAsync(_ => Task.CompletedTask, certificate);
        using var outgoing = Trusting(trusted);
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Code.ShouldBe("certificate-refused");
        error.Target.ShouldBe(target.Uri.Authority);
        error.EffectUnknown.ShouldBeFalse();
        target.Requests.ShouldBeEmpty();
        return error;
    }
}
