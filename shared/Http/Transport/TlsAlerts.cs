using Integration.Errors;

namespace Integration.Http;

/// <summary>
/// What a target says about our certificate. With TLS 1.3 it says so after the handshake, in the place of an answer; the
/// framework keeps the alert only as OpenSSL's text.
/// </summary>
internal static class TlsAlerts
{
    private static readonly string[] _aboutCertificates =
    [
        "certificate required",
        "bad certificate",
        "unsupported certificate",
        "certificate revoked",
        "certificate expired",
        "certificate unknown",
        "unknown ca",
        "decrypt error",
    ];

    // Before TLS 1.3 the answer to a certificate that is missing, and at all times that to ciphers and versions that do not fit.
    private const string Ambiguous = "alert handshake failure";

    /// <summary>Null for any other failure.</summary>
    /// <param name="target">Host and port.</param>
    /// <param name="failure">Of the handshake, or in the place of an answer.</param>
    /// <param name="concerned">Whether a certificate of ours was shown or asked for in a handshake that failed.</param>
    public static AccessErrorException? OfClientCertificate(string target, Exception failure, bool concerned = false)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (!cause.Message.Contains("alert", StringComparison.OrdinalIgnoreCase))
                continue;
            var alert = Array.Find(
                _aboutCertificates,
                one => cause.Message.Contains(one, StringComparison.OrdinalIgnoreCase)
            );
            if (concerned && cause.Message.Contains(Ambiguous, StringComparison.OrdinalIgnoreCase))
                alert = Ambiguous;
            if (alert is not null)
            {
                return new AccessErrorException(
                    "client-certificate-refused",
                    $"{target} does not accept the certificate that this service has for it, or wants one and got none ({alert}). Check "
                        + "Http__Targets__NAME__ClientCertificateFile, and which authorities the target trusts.",
                    failure
                )
                {
                    Target = target,
                };
            }
        }

        return null;
    }
}
