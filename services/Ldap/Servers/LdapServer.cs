using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;
using Integration.Ldap.Names;

namespace Integration.Ldap.Servers;

/// <summary>A configured server with its defaults filled in, and what it lets tasks do.</summary>
[Raises(
    ErrorCategory.Access,
    "outside-base",
    "The entry is not below the one that tasks may work on.",
    "Correct the name, or `Ldap__Servers__NAME__BaseDn`."
)]
[Raises(
    ErrorCategory.Access,
    "read-only",
    "The server may only be read.",
    "Send the task to another server, or remove `Ldap__Servers__NAME__ReadOnly`."
)]
[Raises(
    ErrorCategory.Access,
    "secret-unavailable",
    "The file with the service's own password cannot be read, or a secret that the task names.",
    "Mount the file that the message names where the service can read it."
)]
internal sealed class LdapServer
{
    private readonly ServerOptions _options;
    private readonly SecretMask _mask;

    public LdapServer(string name, ServerOptions options, SecretMask mask)
    {
        (Name, _options, _mask) = (name, options, mask);
        var uri = new Uri(options.Uri);
        Host = uri.Host.Trim('[', ']');
        ImplicitTls = uri.Scheme == "ldaps";
        Port =
            uri.Port > 0 ? uri.Port
            : ImplicitTls ? 636
            : 389;
        Base = NameReader.TryRead(options.BaseDn) ?? new DistinguishedName([]);
        Rules = new AttributeRules(options);
    }

    public string Name { get; }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Host and port.</summary>
    public string Target => HostName.WithPort(Host, Port);

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; }

    /// <summary>TLS before anything is said.</summary>
    public bool StartTls => !ImplicitTls && _options.StartTls == StartTlsUse.Required;

    /// <summary>Whether the connection cannot be read on the way.</summary>
    public bool IsEncrypted => ImplicitTls || StartTls;

    public string BindDn => _options.BindDn;

    /// <summary>Where tasks may work; without parts: everywhere.</summary>
    public DistinguishedName Base { get; }

    public bool PasswordsInTasks => _options.PasswordsInTasks;

    public AttributeRules Rules { get; }

    /// <summary>The password of our own account.</summary>
    /// <exception cref="AccessErrorException">Its file cannot be read, with code <c>secret-unavailable</c>.</exception>
    public async Task<string> PasswordAsync(CancellationToken cancellation)
    {
        var password = await ReadAsync(cancellation);
        _mask.Add(password);
        return password;
    }

    /// <summary>A name in an input, which must be one that tasks may work on.</summary>
    public DistinguishedName Allow(DistinguishedName name, string field) =>
        name.IsWithin(Base)
            ? name
            : throw new AccessErrorException(
                "outside-base",
                $"inputs.{field} is '{name}', which is not below '{Base}'. Ldap__Servers__{Name}__BaseDn keeps tasks there."
            )
            {
                Status = -1,
                Target = Target,
            };

    /// <exception cref="AccessErrorException">Tasks may only read, with code <c>read-only</c>.</exception>
    public void AllowChanges()
    {
        if (_options.ReadOnly)
            throw new AccessErrorException(
                "read-only",
                $"The server '{Name}' may only be read (Ldap__Servers__{Name}__ReadOnly). Nothing was sent."
            )
            {
                Status = -1,
                Target = Target,
            };
    }

    private async Task<string> ReadAsync(CancellationToken cancellation)
    {
        if (_options.BindPasswordFile.Length == 0)
            return _options.BindPassword;
        try
        {
            var password = (await File.ReadAllTextAsync(_options.BindPasswordFile, cancellation)).TrimEnd('\r', '\n');
            return password.Length >= SecretMask.ShortestSecret
                ? password
                : throw Unavailable($"has fewer than {SecretMask.ShortestSecret} characters");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"cannot be read ({e.GetType().Name})");
        }
    }

    private AccessErrorException Unavailable(string problem) =>
        new(
            "secret-unavailable",
            $"The file that Ldap__Servers__{Name}__BindPasswordFile names {problem}. Mount it where the service can read it."
        )
        {
            Target = Target,
        };
}
