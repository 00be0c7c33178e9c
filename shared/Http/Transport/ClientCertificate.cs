using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.Logging;

namespace Integration.Http;

/// <summary>
/// Our certificate for a target, as it lies in its files now: a renewal replaces the files, and connections that are opened
/// from then on use it.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "client-certificate-unusable",
    "The certificate that we show to the target has expired or cannot be read. Nothing was sent.",
    "Renew the files that Http__Targets__NAME__ClientCertificateFile and ClientKeyFile name; no restart is needed."
)]
internal sealed partial class ClientCertificate(string name, HttpTargetOptions options, TimeProvider time, ILogger log)
    : IDisposable
{
    private readonly Lock _lock = new();
    private string _read = "";
    private SslStreamCertificateContext? _context;

    private string Setting =>
        $"{HttpTransportOptions.Section}__Targets__{name}__{nameof(options.ClientCertificateFile)}";

    /// <summary>What is wrong with the files, as a sentence; null when they can be used.</summary>
    public static string? Problem(HttpTargetOptions options)
    {
        try
        {
            using var certificate = Load(Texts.Read(options));
            return null;
        }
        catch (Exception e) when (IsUnusable(e))
        {
            return $"it cannot be used with its key ({e.Message.TrimEnd('.')}).";
        }
    }

    /// <exception cref="AccessErrorException">It has expired, or there is none that can be read.</exception>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            Renew();
            var certificate = _context!.TargetCertificate;
            var until = certificate.NotAfter.ToUniversalTime();
            return until > time.GetUtcNow().UtcDateTime
                ? _context
                : throw new AccessErrorException(
                    "client-certificate-unusable",
                    $"Our certificate for this target ({certificate.Subject}) expired on {until:yyyy-MM-dd}. Renew the file that "
                        + $"{Setting} names; no restart is needed."
                );
        }
    }

    public void Dispose()
    {
        _context?.TargetCertificate.Dispose();
    }

    // Both files are compared whole: a rotation replaces them one after the other, and their times say little behind links.
    private void Renew()
    {
        try
        {
            var texts = Texts.Read(options);
            if (texts.All == _read)
                return;
            var certificate = Load(texts);
            var others = new X509Certificate2Collection();
            others.ImportFromPem(texts.Certificate);
            _context = SslStreamCertificateContext.Create(certificate, others, offline: true);
            _read = texts.All;
        }
        catch (Exception e) when (IsUnusable(e))
        {
            if (_context is null)
                throw new AccessErrorException(
                    "client-certificate-unusable",
                    $"Our certificate for this target cannot be read ({e.GetType().Name}). Look at the files that {Setting} and "
                        + "ClientKeyFile name.",
                    e
                );
            LogStillUsed(Setting, e.Message);
        }
    }

    private static X509Certificate2 Load(Texts texts) =>
        texts.Password is { } password
            ? X509Certificate2.CreateFromEncryptedPem(texts.Certificate, texts.Key, password)
            : X509Certificate2.CreateFromPem(texts.Certificate, texts.Key);

    private static bool IsUnusable(Exception e) =>
        e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException;

    [LoggerMessage(
        LogLevel.Warning,
        "The client certificate that {Setting} names has changed and cannot be used with its key ({Problem}); the one before stays in use"
    )]
    private partial void LogStillUsed(string setting, string problem);

    private sealed record Texts(string Certificate, string Key, string? Password)
    {
        public string All => $"{Certificate}\n{Key}\n{Password}";

        public static Texts Read(HttpTargetOptions options)
        {
            var certificate = File.ReadAllText(options.ClientCertificateFile);
            return new Texts(
                certificate,
                options.ClientKeyFile.Length > 0 ? File.ReadAllText(options.ClientKeyFile) : certificate,
                options.ClientKeyPasswordFile.Length > 0
                    ? File.ReadAllText(options.ClientKeyPasswordFile).TrimEnd('\r', '\n')
                    : null
            );
        }
    }
}
