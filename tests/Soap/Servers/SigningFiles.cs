using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Fixtures;

namespace Integration.Soap.Tests.Servers;

/// <summary>A certificate and its RSA key in files, and a second pair that nobody trusts.</summary>
public sealed class SigningFiles : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public string CertificateFile { get; private set; } = "";

    public string KeyFile { get; private set; } = "";

    public string StrangerCertificateFile { get; private set; } = "";

    public string StrangerKeyFile { get; private set; } = "";

    public void Write(TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (CertificateFile, KeyFile) = Write(folder, "signer", _key);
        using var other = RSA.Create(2048);
        (StrangerCertificateFile, StrangerKeyFile) = Write(folder, "stranger", other);
    }

    /// <summary>A pair that is not valid any more.</summary>
    public static (string Certificate, string Key) WriteExpired(TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var key = RSA.Create(2048);
        return Write(folder, "expired", key, DateTimeOffset.UtcNow.AddDays(-1));
    }

    public void Dispose() => _key.Dispose();

    private static (string Certificate, string Key) Write(
        TemporaryFolder folder,
        string name,
        RSA key,
        DateTimeOffset? until = null
    )
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var end = until ?? DateTimeOffset.UtcNow.AddDays(1);
        using var certificate = request.CreateSelfSigned(end.AddDays(-10), end);
        var files = (folder.Combine($"{name}.pem"), folder.Combine($"{name}.key"));
        File.WriteAllText(files.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
