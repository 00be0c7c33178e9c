using Integration.Sdk;

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
        "alert handshake failure",
    ];

    /// <summary>Null for any other failure.</summary>
    public static AccessErrorException? OfClientCertificate(string target, Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (!cause.Message.Contains("alert", StringComparison.OrdinalIgnoreCase))
                continue;
            var alert = Array.Find(
                _aboutCertificates,
                one => cause.Message.Contains(one, StringComparison.OrdinalIgnoreCase)
            );
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
