using System.Text.RegularExpressions;
using Integration.Hosting;
using Integration.Ldap.Names;

namespace Integration.Ldap.Servers;

/// <summary>What can be wrong with a server, reported by setting.</summary>
internal static partial class ServerRules
{
    public static IEnumerable<string> Check(string name, ServerOptions server)
    {
        if (!IsAddress(server.Uri))
            yield return $"{name}__Uri: '{server.Uri}' is no address of a directory. Write ldaps://ldap.example.org, or "
                + "ldap://ldap.example.org for StartTLS, with a port if wanted.";
        foreach (
            var (setting, value) in new[]
            {
                (nameof(server.BaseDn), server.BaseDn),
                (nameof(server.BindDn), server.BindDn),
            }
        )
        {
            // A login of Active Directory may be user@domain or DOMAIN\user.
            var login = setting == nameof(server.BindDn) && !value.Contains('=', StringComparison.Ordinal);
            if (!login && NameReader.TryRead(value) is null)
                yield return $"{name}__{setting}: '{value}' is no distinguished name. Write it like ou=people,dc=example,dc=org.";
        }

        foreach (var (setting, value) in Lists(server))
        foreach (var attribute in Split(value).Where(one => !Attribute().IsMatch(one)))
            yield return $"{name}__{setting}: '{attribute}' is no name of an attribute. Separate them by commas.";
        foreach (var problem in Secrets(name, server))
            yield return problem;
    }

    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "ldap" or "ldaps"
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0
        && uri.PathAndQuery is "/" or "";

    private static IEnumerable<string> Secrets(string name, ServerOptions server)
    {
        var password = server.BindPassword.Length > 0 || server.BindPasswordFile.Length > 0;
        if (server.BindPassword.Length > 0 && server.BindPasswordFile.Length > 0)
            yield return $"{name}__BindPassword and {name}__BindPasswordFile are both set. Keep one of them.";
        if (server.BindPasswordFile.Length > 0 && !File.Exists(server.BindPasswordFile))
            yield return $"{name}__BindPasswordFile: there is no file '{server.BindPasswordFile}'.";
        if (server.BindPassword.Length is > 0 and < SecretMask.ShortestSecret)
            yield return $"{name}__BindPassword is shorter than {SecretMask.ShortestSecret} characters, too short to be masked where it "
                + "must not be seen. Use a longer one.";
        if (server.BindDn.Length == 0 && password)
            yield return $"{name}__BindDn is empty, but there is a password. Name the entry it belongs to.";
        if (server.BindDn.Length > 0 && !password)
            yield return $"{name}__BindDn is set without a password. Set {name}__BindPasswordFile, or remove BindDn to be anonymous.";
        if (!IsPlain(server))
            yield break;
        if (server.BindDn.Length > 0)
            yield return $"{name}__StartTls is Off, so that the password would be readable on the way. Set it to Required, use "
                + "ldaps://, or remove BindDn.";
        if (server.PasswordsInTasks)
            yield return $"{name}__StartTls is Off, so that passwords would be readable on the way. Set it to Required, use "
                + "ldaps://, or remove PasswordsInTasks.";
    }

    public static bool IsPlain(ServerOptions server) =>
        server.StartTls == StartTlsUse.Off && server.Uri.StartsWith("ldap:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Setting, string Value)> Lists(ServerOptions server) =>
        [
            (nameof(server.HiddenAttributes), server.HiddenAttributes),
            (nameof(server.BinaryAttributes), server.BinaryAttributes),
        ];

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9.;-]*\z", RegexOptions.None, 1000)]
    private static partial Regex Attribute();
}
