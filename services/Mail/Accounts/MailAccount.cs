using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Mail.Accounts;

/// <summary>An account with its defaults filled in. Secrets are read when they are needed, and nowhere kept.</summary>
[Raises(
    ErrorCategory.Access,
    "secret-unreadable",
    "The file with the password or token cannot be read.",
    "Check the file and its permissions."
)]
internal sealed class MailAccount(string name, AccountOptions options, SecretMask mask)
{
    public string Name => name;

    public string Host => options.Host;

    public int Port => options.Port ?? (options.Security == AccountSecurity.ImplicitTls ? 465 : 587);

    public AccountSecurity Security => options.Security;

    public AccountAuthentication Authentication => options.Authentication;

    public string User => options.User;

    public string HelloName => options.HelloName;

    public string From => options.From;

    public string Target => HostName.WithPort(Host, Port);

    /// <summary>Whether a token proves who we are, and no password.</summary>
    public bool UsesToken =>
        options.Authentication == AccountAuthentication.XOAuth2
        || (
            options.Authentication == AccountAuthentication.Auto
            && (options.Token.Length > 0 || options.TokenFile.Length > 0)
        );

    /// <summary>Token or password; empty without a user.</summary>
    public string Secret() =>
        User.Length == 0 ? ""
        : UsesToken ? Secret(options.Token, options.TokenFile, nameof(options.TokenFile))
        : Secret(options.Password, options.PasswordFile, nameof(options.PasswordFile));

    private string Secret(string value, string file, string setting)
    {
        var secret = Read(value, file, setting);
        mask.Add(secret);
        return secret;
    }

    private string Read(string value, string file, string setting)
    {
        if (file.Length == 0)
            return value;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccessErrorException(
                "secret-unreadable",
                $"The file that Mail__Accounts__{name}__{setting} names cannot be read ({e.GetType().Name}). Check that it exists "
                    + "and that this service may read it."
            )
            {
                Target = Target,
            };
        }
    }
}
