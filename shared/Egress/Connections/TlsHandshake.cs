using System.Net.Security;
using System.Security.Authentication;
using Integration.Errors;

namespace Integration.Egress;

/// <summary>
/// The client's side of TLS for protocols that a service speaks itself, from the first byte or after a command such as STARTTLS.
/// </summary>
[RaisesFrom(typeof(CertificateCheck))]
public static class TlsHandshake
{
    /// <summary>Encrypts a connection whose target has a certificate for its host that <paramref name="certificates"/> takes.</summary>
    /// <param name="stream">Over the connection; owned by the caller, also when this fails.</param>
    /// <param name="host">Name or address of the target, as it is configured.</param>
    /// <param name="target">Host and port, for the error.</param>
    /// <param name="certificates">Decides about the target's certificate.</param>
    /// <param name="failed">Makes the protocol's error of a reason, a sentence, and its cause.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="AccessErrorException">The certificate is refused.</exception>
    /// <exception cref="TaskErrorException">There is no TLS to be had: what <paramref name="failed"/> made.</exception>
    public static async Task RunAsync(
        SslStream stream,
        string host,
        string target,
        CertificateCheck certificates,
        Func<string, Exception, TaskErrorException> failed,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(failed);
        var options = new SslClientAuthenticationOptions
        {
            // Names in TLS are ASCII and have no dot at their end (RFC 6066, 3).
            TargetHost = HostName.Normalise(host),
            RemoteCertificateValidationCallback = certificates.Verify,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellation);
        }
        catch (Exception e) when (Refusal(e) is { } refusal)
        {
            throw new AccessErrorException(refusal.Code, refusal.Message, refusal) { Target = target };
        }
        catch (AuthenticationException e)
        {
            throw failed(e.Message, e);
        }
        catch (IOException e)
        {
            throw failed("it ended the connection, or speaks no TLS on this port.", e);
        }
    }

    private static AccessErrorException? Refusal(Exception? e) =>
        e as AccessErrorException ?? (e is null ? null : Refusal(e.InnerException));
}
