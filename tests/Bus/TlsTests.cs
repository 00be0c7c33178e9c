using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Integration.Bus.MassTransit;
using Integration.Bus.RabbitMq;
using Integration.Fixtures;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.Tests;

/// <summary>A listener with a certificate that nobody trusts: who speaks AMQP to it has not verified it.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, FreePort.Next());
    private readonly TestAuthority _untrusted = new();
    private readonly X509Certificate2 _certificate;

    public TlsTests()
    {
        _certificate = _untrusted.Issue(host: "localhost");
        _listener.Start();
    }

    private BusOptions Options =>
        new() { Uri = new Uri($"amqps://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/") };

    [Fact]
    public async Task The_direct_adapter_speaks_to_nobody_whose_certificate_it_cannot_verify()
    {
        await using var link = new RabbitMqLink(
            ConnectionFactories.Create(Options),
            "tests",
            TimeSpan.FromMilliseconds(100),
            TimeProvider.System,
            new LogLines()
        );
        using var stop = new CancellationTokenSource();
        var connecting = link.OpenAsync(stop.Token).AsTask();

        (await HeardAsync()).ShouldBeEmpty();

        await stop.CancelAsync();
        // Cancelled between two attempts, or refused in one: either is right.
        var end = await Should.ThrowAsync<Exception>(() => connecting);
        (end is OperationCanceledException or BrokerUnreachableException).ShouldBeTrue(end.ToString());
    }

    [Fact]
    public async Task MassTransit_speaks_to_nobody_whose_certificate_it_cannot_verify()
    {
        var bus = global::MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Connect(Options, "tests"));
        using var stop = new CancellationTokenSource();
        var starting = bus.StartAsync(stop.Token);

        (await HeardAsync()).ShouldBeEmpty();

        await stop.CancelAsync();
        await Should.ThrowAsync<Exception>(() => starting);
    }

    [Fact]
    public async Task A_client_that_does_not_verify_is_heard_so_that_silence_proves_something()
    {
        var careless = new ConnectionFactory { Uri = Options.Uri };
        careless.Ssl.AcceptablePolicyErrors = SslPolicyErrors.RemoteCertificateChainErrors;
        var connecting = careless.CreateConnectionAsync();

        (await HeardAsync()).ShouldBe("AMQP"u8.ToArray());

        await Should.ThrowAsync<Exception>(() => connecting);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
        _untrusted.Dispose();
    }

    /// <summary>The first bytes that come through the first connection, until it ends.</summary>
    private async Task<byte[]> HeardAsync()
    {
        using var socket = await _listener.AcceptTcpClientAsync().WaitAsync(Eventually.Patience);
        await using var tls = new SslStream(socket.GetStream());
        var heard = new byte[4];
        try
        {
            await tls.AuthenticateAsServerAsync(_certificate).WaitAsync(Eventually.Patience);
            await tls.ReadExactlyAsync(heard).AsTask().WaitAsync(Eventually.Patience);
            return heard;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return [];
        }
    }
}
