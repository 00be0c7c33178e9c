using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Integration.Http.Tests;

public sealed class Refresh_tokens : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("tokens");
    private TokenEndpointDouble _endpoint = null!;

    public async ValueTask InitializeAsync() => _endpoint = await TokenEndpointDouble.StartAsync();

    [Fact]
    public async Task The_configured_one_is_used_again_while_the_endpoint_gives_no_other()
    {
        using var outgoing = Process();
        await CallAsync(outgoing);
        Withdraw();
        await CallAsync(outgoing);
        Sent().ShouldBe(["configured-1", "configured-1"]);
        _endpoint.Forms[0]["grant_type"].ShouldBe("refresh_token");
        _endpoint.Forms[0]["client_id"].ShouldBe("app");
    }

    [Fact]
    public async Task One_that_took_its_place_is_used_after_a_restart_too()
    {
        using (var outgoing = Process(_folder.Path))
        {
            await CallAsync(outgoing, "rotated-one");
            Withdraw();
            await CallAsync(outgoing, "rotated-two");
            outgoing.Logs.Lines.ShouldBeEmpty();
            outgoing.Mask.Apply("rotated-two").ShouldBe("***");
        }

        using (var restarted = Process(_folder.Path))
            await CallAsync(restarted);
        Sent().ShouldBe(["configured-1", "rotated-one", "rotated-two"]);
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(_folder.Path))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_newly_configured_one_begins_anew()
    {
        using (var outgoing = Process(_folder.Path))
            await CallAsync(outgoing, "rotated-one");
        using (var restarted = Process(_folder.Path, "configured-2"))
            await CallAsync(restarted);
        Sent().ShouldBe(["configured-1", "configured-2"]);
    }

    [Fact]
    public async Task Two_processes_never_ask_with_the_same_one_at_once()
    {
        var next = 0;
        _endpoint.Answer = context =>
        {
            _endpoint.Members = $",\"expires_in\":3600,\"refresh_token\":\"rotated-{Interlocked.Increment(ref next)}\"";
            return Task.FromResult(false);
        };
        using var one = Process(_folder.Path);
        using var other = Process(_folder.Path);
        await Task.WhenAll(CallAsync(one), CallAsync(other));
        Sent().ShouldBe(["configured-1", "rotated-1"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_took_its_place_does_so_for_every_scope(bool withFolder)
    {
        using var outgoing = Process(withFolder ? _folder.Path : "");
        await CallAsync(outgoing, "rotated-one", scope: "a");
        await CallAsync(outgoing, "rotated-two", scope: "b");
        Withdraw();
        await CallAsync(outgoing, "rotated-two", scope: "b");
        Sent().ShouldBe(["configured-1", "rotated-one", "rotated-two"]);
    }

    [Fact]
    public async Task Two_scopes_never_ask_with_the_same_one_at_once()
    {
        var next = 0;
        _endpoint.Answer = context =>
        {
            _endpoint.Members = $",\"expires_in\":3600,\"refresh_token\":\"rotated-{Interlocked.Increment(ref next)}\"";
            return Task.FromResult(false);
        };
        using var outgoing = Process();
        await Task.WhenAll(CallAsync(outgoing, scope: "a"), CallAsync(outgoing, scope: "b"));
        Sent().ShouldBe(["configured-1", "rotated-1"]);
    }

    [Fact]
    public async Task A_folder_where_nothing_can_be_made_is_told()
    {
        // It takes no files, whoever asks.
        if (!OperatingSystem.IsLinux())
            return;
        using var outgoing = Process("/proc");
        var error = await Should.ThrowAsync<AccessErrorException>(() => CallAsync(outgoing));
        error.Code.ShouldBe("refresh-token-unreadable");
        Sent().ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_another_process_never_gives_back_is_told_after_a_while()
    {
        using (var outgoing = Process(_folder.Path))
            await CallAsync(outgoing);
        using var kept = new FileStream(
            Directory.GetFiles(_folder.Path, "*.lock").Single(),
            FileMode.Open,
            FileAccess.Write,
            FileShare.None
        );
        using var waiting = Process(_folder.Path, timeout: TimeSpan.FromMilliseconds(50));
        var error = await Should.ThrowAsync<AccessErrorException>(() => CallAsync(waiting));
        error.Code.ShouldBe("refresh-token-unreadable");
        Sent().ShouldBe(["configured-1"]);
    }

    [Fact]
    public async Task Without_a_folder_it_is_said_that_a_new_one_will_be_lost()
    {
        using var outgoing = Process();
        await CallAsync(outgoing, "rotated-one");
        Withdraw();
        await CallAsync(outgoing);
        Sent().ShouldBe(["configured-1", "rotated-one"]);
        outgoing.Logs.Lines.ShouldHaveSingleItem().ShouldContain("Http__RefreshTokenFolder");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_is_gone_or_spoilt_is_told_and_nothing_is_asked(bool gone)
    {
        using (var outgoing = Process(_folder.Path))
            await CallAsync(outgoing, "rotated-one");
        if (gone)
            Directory.Delete(_folder.Path, recursive: true);
        else
            await File.WriteAllTextAsync(
                Directory.GetFiles(_folder.Path).Single(file => !file.EndsWith(".lock", StringComparison.Ordinal)),
                "{"
            );
        using var restarted = Process(_folder.Path);
        var error = await Should.ThrowAsync<AccessErrorException>(() => CallAsync(restarted));
        error.Code.ShouldBe("refresh-token-unreadable");
        error.Message.ShouldContain("Http__RefreshTokenFolder");
        Sent().ShouldBe(["configured-1"]);
        Directory.CreateDirectory(_folder.Path);
    }

    [Fact]
    public async Task One_that_was_withdrawn_is_told_as_such()
    {
        _endpoint.Answer = async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""{"error":"invalid_grant"}""");
            return true;
        };
        using var outgoing = Process();
        var error = await Should.ThrowAsync<AccessErrorException>(() => CallAsync(outgoing));
        error.Code.ShouldBe("token-refused");
        error.Message.ShouldContain("the refresh token: it is used up, expired or withdrawn");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _endpoint.DisposeAsync();
    }

    private IEnumerable<string> Sent() => _endpoint.Forms.Select(form => form["refresh_token"]);

    private void Withdraw() =>
        _endpoint.Withdrawn.Add(_endpoint.Target.Requests.Last().Headers["Authorization"]["Bearer ".Length..]);

    private static Outgoing Process(string folder = "", string configured = "configured-1", TimeSpan? timeout = null)
    {
        var outgoing = new Outgoing(
            transport: new HttpTransportOptions
            {
                RefreshTokenFolder = folder,
                TokenTimeout = timeout ?? TimeSpan.FromSeconds(10),
            }
        );
        outgoing.Secrets["REFRESH"] = new SecretOptions { Value = configured, Hosts = "127.0.0.1" };
        return outgoing;
    }

    private Task<HttpAnswer> CallAsync(Outgoing outgoing, string? next = null, string? scope = null)
    {
        if (next is not null)
            _endpoint.Members = $",\"expires_in\":3600,\"refresh_token\":\"{next}\"";
        return outgoing.GetAsync(
            _endpoint.Target.Uri,
            new Authentication(
                AuthenticationType.OAuth2RefreshToken,
                TokenUrl: $"{_endpoint.Endpoint.Uri}token",
                ClientId: "app",
                RefreshToken: "{{secrets.REFRESH}}",
                Scope: scope
            )
        );
    }
}
