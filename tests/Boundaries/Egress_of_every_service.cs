using System.Net;
using Integration.Egress;
using Integration.Fixtures;

namespace Integration.Boundaries.Tests;

/// <summary>One policy for every protocol, enforced where the socket is connected.</summary>
public sealed class Egress_of_every_service
{
    private static readonly string[] _everythingAllowed =
    [
        "--Egress:AllowLoopback=true",
        "--Egress:AllowPrivate=true",
        "--Egress:Allow=*, 0.0.0.0/0, ::/0",
    ];

    public static TheoryData<string> Services => Caller.All;

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Nothing_inside_is_called_however_it_is_written(string service) =>
        await RefusedAsync(
            service,
            [],
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.0.0.1",
            "017700000001",
            "0177.0.0.1",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:7f00:1",
            "localhost",
            "10.0.0.1",
            "192.168.0.1",
            "::ffff:10.0.0.1",
            "fd12::1",
            "0.0.0.0"
        );

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Metadata_of_clouds_is_never_called_whatever_is_allowed(string service) =>
        await RefusedAsync(
            service,
            _everythingAllowed,
            "169.254.169.254",
            "2852039166",
            "0xa9fea9fe",
            "0251.0376.0251.0376",
            "::ffff:169.254.169.254",
            "::ffff:a9fe:a9fe",
            "64:ff9b::a9fe:a9fe",
            "169.254.170.2",
            "100.100.100.200",
            "fd00:ec2::254",
            "fe80::1",
            "0.0.0.0"
        );

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Rules_by_host_network_and_port_decide(string service)
    {
        var caller = Caller.Of(service);
        await using var target = TcpTarget.Start(_ => Task.CompletedTask);
        var port = target.Port;
        var loopback = "--Egress:AllowLoopback=true";
        foreach (
            var (host, settings, allowed) in new (string Host, string[] Settings, bool Allowed)[]
            {
                ("127.0.0.1", [loopback], true),
                ("127.0.0.1", ["--Egress:Allow=127.0.0.1"], true),
                ("127.0.0.1", [$"--Egress:Allow=127.0.0.0/8:{port}"], true),
                ("127.0.0.1", ["--Egress:Allow=127.0.0.0/8:1"], false),
                ("127.0.0.1", ["--Egress:Allow=10.0.0.0/8"], false),
                ("127.0.0.1", [loopback, "--Egress:Deny=127.0.0.0/8"], false),
                ("127.0.0.1", [loopback, $"--Egress:Deny=*:{port}"], false),
                ("127.0.0.1", [loopback, "--Egress:Deny=*:1"], true),
                ("store.test", [loopback, "--Egress:Allow=store.test"], true),
                ("store.test", [loopback, "--Egress:Allow=*.test"], true),
                ("store.test", [loopback, "--Egress:Allow=other.test"], false),
                ("store.test", ["--Egress:Allow=store.test"], false),
                ("store.test", [loopback, $"--Egress:Deny=STORE.test:{port}"], false),
            }
        )
        {
            var before = target.Connections;
            var place = new Place(host, port);
            await using var running = await caller.StartAsync([place], settings, new Answers([IPAddress.Loopback]));
            var code = await caller.CallAsync(running, 0, place);
            var rule = $"{host} with {string.Join(' ', settings)}: {code}";
            (code != "egress-refused").ShouldBe(allowed, rule);
            (target.Connections > before).ShouldBe(allowed, rule);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_name_that_points_elsewhere_the_second_time_is_refused_the_second_time(string service)
    {
        var caller = Caller.Of(service);
        // An answer, of whatever kind: a call that got none may be sent again at once, and asks for the name again.
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.WriteAsync("HTTP/1.1 400 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            await conversation.ReadAsync();
        });
        var place = new Place("rebind.test", target.Port);
        // What was checked is what is connected to: a name that was asked for again in between would lead elsewhere.
        var names = new Answers([IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]);
        await using var running = await caller.StartAsync([place], ["--Egress:AllowLoopback=true"], names);
        (await caller.CallAsync(running, 0, place)).ShouldNotBe("egress-refused");
        var connections = target.Connections;
        connections.ShouldBeGreaterThan(0);
        (await caller.CallAsync(running, 0, place)).ShouldBe("egress-refused");
        target.Connections.ShouldBe(connections);
    }

    private static async Task RefusedAsync(string service, string[] settings, params string[] hosts)
    {
        var caller = Caller.Of(service);
        await using var target = TcpTarget.Start(_ => Task.CompletedTask);
        Place[] places = [.. hosts.Select(host => new Place(host, target.Port))];
        await using var running = await caller.StartAsync(places, settings);
        for (var i = 0; i < places.Length; i++)
        {
            var code = await caller.CallAsync(running, i, places[i]);
            // Spellings that are no address here are names that nobody knows: no way in either.
            code.ShouldBeOneOf(["egress-refused", "host-not-found", "connect-timeout"], hosts[i]);
            if (IPAddress.TryParse(hosts[i], out _))
                code.ShouldBe("egress-refused", hosts[i]);
        }

        target.Connections.ShouldBe(0);
    }

    /// <summary>A name service that gives these answers, one after the other; the last one stays.</summary>
    private sealed class Answers(params IPAddress[][] answers) : INameResolver
    {
        private int _asked;

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
        {
            var question = Interlocked.Increment(ref _asked) - 1;
            return Task.FromResult<IReadOnlyList<IPAddress>>(answers[Math.Min(question, answers.Length - 1)]);
        }
    }
}
