using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;
using Integration.Soap.Settings;

namespace Integration.Soap.Security;

/// <summary>
/// The security header that the settings of a service ask for. Password, certificate and key are read for each call, so that new
/// ones are taken without a restart.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "secret-unreadable",
    "A file with a password, certificate or key of the service cannot be read or used; the message names the setting.",
    "Check that the file exists, that this process may read it, and that it is what the setting wants. Then retry."
)]
[Raises(
    ErrorCategory.Access,
    "signing-certificate-expired",
    "The certificate that messages are signed with is not valid now.",
    "Put a valid certificate and its key into the files that SigningCertificateFile and SigningKeyFile name. Then retry."
)]
internal sealed class ServiceSecurity(string settings, ServiceOptions options, SecretMask mask, TimeProvider time)
{
    /// <summary>Null for none.</summary>
    /// <param name="token">Of the task; goes before the one in the settings.</param>
    /// <param name="target">Host and port, for errors.</param>
    /// <exception cref="AccessErrorException">Codes <c>secret-unreadable</c>, <c>signing-certificate-expired</c>.</exception>
    public SecurityHeader? Header(UserNameToken? token, string target)
    {
        token ??=
            options.UserName.Length > 0
                ? new UserNameToken(options.UserName, Password(target), options.PasswordType)
                : null;
        var signature = options.Signs ? Signature(target) : null;
        return token is null && signature is null && !options.HasTimestamp
            ? null
            : new SecurityHeader(
                token,
                options.HasTimestamp ? options.TimestampLifetime : null,
                signature,
                options.SecurityMustUnderstand
            );
    }

    private string Password(string target)
    {
        if (options.PasswordFile.Length == 0)
        {
            mask.Add(options.Password);
            return options.Password;
        }

        try
        {
            var password = File.ReadAllText(options.PasswordFile).TrimEnd('\r', '\n');
            if (password.Length < SecretMask.ShortestSecret)
                throw Unreadable(nameof(options.PasswordFile), "its content is too short to be masked", target);
            mask.Add(password);
            if (UserNameToken.Problem(password, options.PasswordType) is { } problem)
                throw Unreadable(nameof(options.PasswordFile), $"it {problem}", target);
            return password;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(nameof(options.PasswordFile), e.GetType().Name, target);
        }
    }

    private MessageSignature Signature(string target)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(
                options.SigningCertificateFile,
                options.SigningKeyFile
            );
            var now = time.GetUtcNow().UtcDateTime;
            if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
                throw Expired(certificate, target);
            var key =
                certificate.GetRSAPrivateKey()
                ?? throw Unreadable(nameof(options.SigningKeyFile), "it is no RSA key", target);
            return new MessageSignature(certificate, key, options.SignedParts);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Unreadable(nameof(options.SigningKeyFile), e.Message.TrimEnd('.'), target);
        }
    }

    private AccessErrorException Expired(X509Certificate2 certificate, string target) =>
        new(
            "signing-certificate-expired",
            $"The certificate that {settings}__SigningCertificateFile names is valid from "
                + $"{certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, and not now. "
                + "Renew it."
        )
        {
            Target = target,
        };

    private AccessErrorException Unreadable(string setting, string problem, string target) =>
        new(
            "secret-unreadable",
            $"The file that {settings}__{setting} names cannot be used ({problem}). Check that it exists, that this service may read "
                + "it, and what is in it."
        )
        {
            Target = target,
        };
}
