using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Hosting;
using Integration.Soap.Mapping;
using Integration.Soap.Security;

namespace Integration.Soap.Settings;

/// <summary>What can be wrong with a service, reported by setting.</summary>
internal static class ServiceRules
{
    public static IEnumerable<string> Check(string name, ServiceOptions service)
    {
        if (service.Wsdl.Length == 0)
            yield return $"{name}__Wsdl is missing. Name a file, or an address such as https://crm.example.org/soap?wsdl.";
        else if (!IsAddress(service.Wsdl) && !File.Exists(service.Wsdl))
            yield return $"{name}__Wsdl: there is no file '{service.Wsdl}'. Correct it, or write an http or https address.";
        if (service.Address.Length > 0 && !IsAddress(service.Address))
            yield return $"{name}__Address: '{service.Address}' is no address. Write it like https://crm.example.org/soap, without "
                + "credentials and fragment.";
        if (service.TimestampLifetime <= TimeSpan.Zero || service.TimestampLifetime > TimeSpan.FromDays(1))
            yield return $"{name}__TimestampLifetime must be more than 0 and at most 1 day, e.g. 00:05:00.";
        foreach (var problem in UserName(name, service).Concat(Signature(name, service)))
            yield return problem;
    }

    private static IEnumerable<string> UserName(string name, ServiceOptions service)
    {
        if (service.Password.Length > 0 && service.PasswordFile.Length > 0)
            yield return $"{name}__Password and {name}__PasswordFile are both set. Keep one of them.";
        if (service.PasswordFile.Length > 0 && !File.Exists(service.PasswordFile))
            yield return $"{name}__PasswordFile: there is no file '{service.PasswordFile}'. Create it, or mount it.";
        if (service.Password.Length is > 0 and < SecretMask.ShortestSecret)
            yield return $"{name}__Password is shorter than {SecretMask.ShortestSecret} characters, too short to be masked where it must "
                + "not be seen. Use a longer one.";
        var password = service.Password.Length + service.PasswordFile.Length > 0;
        if (service.UserName.Length > 0 && !password)
            yield return $"{name}__UserName is set without a password. Set {name}__PasswordFile.";
        if (XmlText.BadCharacter(service.UserName) is { } inName)
            yield return $"{name}__UserName {inName}. Remove it.";
        if (UserNameToken.Problem(service.Password, service.PasswordType) is { } inPassword)
            yield return $"{name}__Password {inPassword}. Use another one, or PasswordType Digest.";
        if (service.UserName.Length == 0 && password)
            yield return $"{name}__UserName is empty, but there is a password. Name the user it belongs to.";
    }

    private static IEnumerable<string> Signature(string name, ServiceOptions service)
    {
        if (service.Signs != service.SigningKeyFile.Length > 0)
            yield return $"{name}: a signature needs both SigningCertificateFile and SigningKeyFile. Set the other one, too.";
        if (!service.Signs)
            yield break;
        if (service.SignedParts == SignedParts.None)
            yield return $"{name}__SignedParts is None, so that nothing would be signed. Name parts, e.g. Body,Timestamp.";
        foreach (var file in new[] { service.SigningCertificateFile, service.SigningKeyFile }.Where(f => f.Length > 0))
        {
            if (!File.Exists(file))
            {
                yield return $"{name}: there is no file '{file}'. Correct SigningCertificateFile or SigningKeyFile.";
                yield break;
            }
        }

        if (service.SigningKeyFile.Length > 0 && KeyProblem(service) is { } problem)
            yield return $"{name}__SigningKeyFile: {problem}";
    }

    private static string? KeyProblem(ServiceOptions service)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(
                service.SigningCertificateFile,
                service.SigningKeyFile
            );
            using var key = certificate.GetRSAPrivateKey();
            return key is null ? "it is no RSA key, and signatures are made with RSA only. Use an RSA key." : null;
        }
        catch (Exception e)
            when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return $"it and the certificate cannot be used ({e.Message.TrimEnd('.')}). Both must be PEM files that belong together, the "
                + "key without a password.";
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0;
}
