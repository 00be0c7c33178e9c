using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Egress;

/// <summary>
/// Refuses a certificate that the platform refuses, saying why. Further authorities may be trusted; nothing can be
/// switched off.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "certificate-refused",
    "The target's certificate is expired, for another host, or of an unknown authority. Nothing was sent.",
    "Renew it, call the target by a name in it, or set Egress__TrustedAuthorities."
)]
public sealed class CertificateCheck : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly TimeProvider _time;

    /// <param name="authorities">File with their certificates (PEM), or empty.</param>
    /// <param name="time">The clock.</param>
    public CertificateCheck(string authorities, TimeProvider time)
    {
        _time = time;
        if (authorities.Length > 0)
            _authorities.ImportFromPemFile(authorities);
    }

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    /// <exception cref="AccessErrorException">With code <c>certificate-refused</c>.</exception>
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsOfTrustedAuthority(certificate, chain))
            errors = SslPolicyErrors.None;
        return errors == SslPolicyErrors.None || Refuse(Reason(certificate, chain, errors));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var authority in _authorities)
            authority.Dispose();
    }

    // Thrown rather than returned: the framework would forget the reason.
    private static bool Refuse(string reason) =>
        throw new AccessErrorException("certificate-refused", $"The target's certificate is refused: {reason}");

    private bool IsOfTrustedAuthority(X509Certificate? certificate, X509Chain? chain)
    {
        if (_authorities.Count == 0 || certificate is not X509Certificate2 leaf || chain is null)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy = chain.ChainPolicy.Clone();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        foreach (var element in chain.ChainElements)
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        return own.Build(leaf);
    }

    private string Reason(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
            return "it sent none.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"it is for another host ({leaf.Subject}). Call the target by a name in its certificate.";
        var now = _time.GetUtcNow().UtcDateTime;
        if (leaf.NotAfter.ToUniversalTime() < now)
            return $"it expired on {leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}. The target's owner must renew it.";
        var status = string.Join(", ", (chain?.ChainStatus ?? []).Select(one => one.Status));
        return $"no trusted authority has issued it ({status}). If its authority is your own, put that into the file that "
            + "Egress__TrustedAuthorities names.";
    }
}
