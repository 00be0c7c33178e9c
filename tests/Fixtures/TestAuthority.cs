using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Fixtures;

/// <summary>A certificate authority of its own, whose certificate lies in a file.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority()
    {
        // Several may stand in one file of trusted authorities, which are told apart by name.
        var request = new CertificateRequest($"CN=Test authority {Guid.NewGuid():N}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        _certificate = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
        File.WriteAllText(PemFile, _certificate.ExportCertificatePem());
    }

    /// <summary>Its certificate, for who should trust it.</summary>
    public string PemFile { get; } = Path.GetTempFileName();

    /// <summary>A certificate with its key, for a server that runs in this process.</summary>
    public X509Certificate2 Issue(
        DateTimeOffset? until = null,
        string host = "127.0.0.1",
        params IEnumerable<string> furtherHosts
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in furtherHosts.Prepend(host))
        {
            if (IPAddress.TryParse(name, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(_certificate, now.AddDays(-1), until ?? now.AddDays(1), [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The same as two files, for a server that is a process of its own.</summary>
    public void Issue(
        string certificateFile,
        string keyFile,
        string host = "127.0.0.1",
        DateTimeOffset? until = null,
        params IEnumerable<string> furtherHosts
    )
    {
        using var certificate = Issue(until, host, furtherHosts);
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        File.Delete(PemFile);
        _certificate.Dispose();
        _key.Dispose();
    }
}
