using System.Net;
using System.Text;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Http;

/// <summary>A proxy, and who we are to it.</summary>
[Raises(
    ErrorCategory.Access,
    "secret-unavailable",
    "The file with the password of the proxy cannot be read. Nothing was sent.",
    "Look at the file that ProxyPasswordFile names."
)]
internal sealed class ProxySettings(Uri address, string userName, string passwordFile, SecretMask mask) : IWebProxy
{
    public string Host => address.Host;

    public int Port => address.Port;

    /// <summary>Host and port.</summary>
    public string Target => HostName.WithPort(Host, Port);

    /// <summary>Null: credentials are sent with each request, and need no refusal first.</summary>
    public ICredentials? Credentials
    {
        get => null;
        set => throw new NotSupportedException();
    }

    /// <summary>Null for none.</summary>
    public static ProxySettings? Of(string address, string userName, string passwordFile, SecretMask mask) =>
        Address(address) is { } uri ? new ProxySettings(uri, userName, passwordFile, mask) : null;

    /// <summary>Null for what is none.</summary>
    public static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http", UserInfo.Length: 0, PathAndQuery: "/", Host.Length: > 0 }
            ? uri
            : null;

    public Uri GetProxy(Uri destination) => address;

    public bool IsBypassed(Uri host) => false;

    /// <summary>For the header <c>Proxy-Authorization</c>; null without a user. The password is read each time.</summary>
    public string? Authorization()
    {
        if (userName.Length == 0)
            return null;
        var pair = $"{userName}:{Password()}";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
        mask.Add(encoded);
        return $"Basic {encoded}";
    }

    private string Password()
    {
        try
        {
            var password = File.ReadAllText(passwordFile).TrimEnd('\r', '\n');
            mask.Add(password);
            return password;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccessErrorException(
                "secret-unavailable",
                $"The password of the proxy {Target} cannot be read ({e.GetType().Name}). Look at the file that ProxyPasswordFile names.",
                e
            )
            {
                Target = Target,
            };
        }
    }
}
