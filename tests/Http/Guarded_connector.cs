using System.Net;
using System.Net.Sockets;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Guarded_connector
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly IPAddress _metadata = IPAddress.Parse("169.254.169.254");

    [Fact]
    public async Task It_connects_to_the_address_that_was_checked_and_asks_for_the_name_once()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        var resolver = new ScriptedResolver([IPAddress.Loopback], [_metadata]);
        using var outgoing = new Outgoing(resolver: resolver);
        using var socket = await outgoing.Connector.ConnectAsync("rebind.test", target.Port, _patience, default);
        ((IPEndPoint)socket.RemoteEndPoint!).Address.MapToIPv4().ShouldBe(IPAddress.Loopback);
        resolver.Questions.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_points_elsewhere_the_second_time_is_refused_the_second_time()
    {
        await using var target = TcpTarget.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        using var outgoing = new Outgoing(resolver: new ScriptedResolver([IPAddress.Loopback], [_metadata]));
        var uri = new Uri($"http://rebind.test:{target.Port}/");
        (await outgoing.GetAsync(uri)).Status.ShouldBe(200);
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(uri));
        error.Code.ShouldBe("egress-refused");
        error.Message.ShouldContain("169.254.169.254");
        target.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_library_that_connects_itself_gets_the_allowed_addresses_only()
    {
        var resolver = new ScriptedResolver([_metadata, IPAddress.Loopback], [_metadata]);
        using var outgoing = new Outgoing(resolver: resolver);
        (await outgoing.Connector.ResolveAsync("mixed.test", 5432, _patience, default)).ShouldBe([IPAddress.Loopback]);
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.Connector.ResolveAsync("mixed.test", 5432, _patience, default)
        );
        error.Code.ShouldBe("egress-refused");
        error.Target.ShouldBe("mixed.test:5432");
    }

    [Fact]
    public async Task Of_several_addresses_only_allowed_ones_are_tried()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        var resolver = new ScriptedResolver([_metadata, IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]);
        using var outgoing = new Outgoing(resolver: resolver);
        using var socket = await outgoing.Connector.ConnectAsync("mixed.test", target.Port, _patience, default);
        ((IPEndPoint)socket.RemoteEndPoint!).Address.ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_does_not_answer()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        var resolver = new ScriptedResolver([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]);
        using var outgoing = new Outgoing(resolver: resolver);
        using var socket = await outgoing.Connector.ConnectAsync("two.test", target.Port, _patience, default);
        ((IPEndPoint)socket.RemoteEndPoint!).Address.ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task A_silent_first_address_leaves_time_for_the_next()
    {
        using var silent = new FullBacklog();
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.3"), silent.Port));
        server.Listen();
        var resolver = new ScriptedResolver([IPAddress.Loopback, IPAddress.Parse("127.0.0.3")]);
        using var outgoing = new Outgoing(resolver: resolver);
        using var socket = await outgoing.Connector.ConnectAsync(
            "two.test",
            silent.Port,
            TimeSpan.FromSeconds(1),
            default
        );
        ((IPEndPoint)socket.RemoteEndPoint!).Address.ShouldBe(IPAddress.Parse("127.0.0.3"));
    }

    [Fact]
    public async Task A_refused_connection_says_that_nothing_listens()
    {
        using var outgoing = new Outgoing();
        var port = FreePort.Next();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.Connector.ConnectAsync("localhost", port, _patience, default)
        );
        error.Code.ShouldBe("connection-refused");
        error.Target.ShouldBe($"localhost:{port}");
        error.EffectUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_name_says_that_its_spelling_should_be_checked()
    {
        using var outgoing = new Outgoing(
            resolver: new ScriptedResolver([
                [],
            ])
        );
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.Connector.ConnectAsync("no-such-host.test", 80, _patience, default)
        );
        error.Code.ShouldBe("host-not-found");
        error.Message.ShouldContain("'no-such-host.test'");
    }

    [Fact]
    public async Task The_name_service_of_the_system_is_asked_in_earnest()
    {
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.Connector.ConnectAsync("no-such-host.invalid", 80, _patience, default)
        );
        error.Code.ShouldBeOneOf("host-not-found", "connect-timeout");
        error.EffectUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_that_accepts_no_connection_ends_in_a_connect_timeout()
    {
        using var silent = new FullBacklog();
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.Connector.ConnectAsync("127.0.0.1", silent.Port, TimeSpan.FromMilliseconds(300), default)
        );
        error.Code.ShouldBe("connect-timeout");
        error.Message.ShouldContain("within 0.3 s");
    }

    [Fact]
    public async Task Cancelling_gives_up_connecting()
    {
        using var silent = new FullBacklog();
        using var outgoing = new Outgoing();
        using var cancellation = new CancellationTokenSource();
        var connecting = outgoing.Connector.ConnectAsync("127.0.0.1", silent.Port, _patience, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => connecting);
    }
}
