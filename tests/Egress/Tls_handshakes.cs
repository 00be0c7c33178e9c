using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Egress.Tests;

public sealed class Tls_handshakes : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;

    public Tls_handshakes() => _certificate = _authority.Issue(host: "api.example.org");

    [Theory]
    [InlineData("api.example.org")]
    [InlineData("API.example.org.")]
    public async Task A_name_is_asked_for_in_the_spelling_of_certificates(string host)
    {
        string? asked = null;
        await using var server = new LoopbackListener(
            async (socket, stopping) =>
            {
                await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
                var options = new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, name) =>
                    {
                        asked = name;
                        return _certificate;
                    },
                };
                try
                {
                    await tls.AuthenticateAsServerAsync(options, stopping);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException)
                {
                    // The client has its handshake and may be gone before the server knows that it has one.
                }
            }
        );

        await ConnectAsync(server.Port, host, _authority.PemFile);

        asked.ShouldBe("api.example.org");
    }

    [Fact]
    public async Task A_refused_certificate_is_an_error_of_the_target()
    {
        await using var server = Speaking();

        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            ConnectAsync(server.Port, "api.example.org", authorities: "")
        );

        (error.Code, error.Target).ShouldBe(("certificate-refused", "target:1"));
    }

    [Fact]
    public async Task A_target_that_speaks_no_TLS_ends_with_the_error_of_the_protocol()
    {
        await using var server = new LoopbackListener(
            (socket, _) =>
            {
                socket.Dispose();
                return Task.CompletedTask;
            }
        );

        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            ConnectAsync(server.Port, "api.example.org", _authority.PemFile)
        );

        error.Message.ShouldBe("No: it ended the connection, or speaks no TLS on this port.");
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    private LoopbackListener Speaking() =>
        new(
            async (socket, stopping) =>
            {
                await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
                try
                {
                    await tls.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                        stopping
                    );
                }
                catch (Exception e)
                    when (e
                            is IOException
                                or OperationCanceledException
                                or System.Security.Authentication.AuthenticationException
                    )
                {
                    // The client does not like the certificate.
                }
            }
        );

    private static async Task ConnectAsync(int port, string host, string authorities)
    {
        using var certificates = new CertificateCheck(authorities, TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPAddress.Loopback, port);
        await using var tls = new SslStream(client.GetStream());
        await TlsHandshake.RunAsync(
            tls,
            host,
            "target:1",
            certificates,
            (reason, cause) => new ConnectivityErrorException("tls-failed", $"No: {reason}", cause),
            TestContext.Current.CancellationToken
        );
    }
}
