namespace Integration.Soap.Security;

/// <summary>The names of Web Services Security 1.0 and 1.1 (OASIS).</summary>
internal static class SecurityNames
{
    private const string Wss = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

    /// <summary>Prefix <c>wsse</c>.</summary>
    public const string Extension = Wss + "wssecurity-secext-1.0.xsd";

    /// <summary>Prefix <c>wsu</c>.</summary>
    public const string Utility = Wss + "wssecurity-utility-1.0.xsd";

    /// <summary>The password as it is.</summary>
    public const string PasswordText = Wss + "username-token-profile-1.0#PasswordText";

    /// <summary>A hash of nonce, time and password.</summary>
    public const string PasswordDigest = Wss + "username-token-profile-1.0#PasswordDigest";

    /// <summary>How a token or nonce is written.</summary>
    public const string Base64 = Wss + "soap-message-security-1.0#Base64Binary";

    /// <summary>A single certificate.</summary>
    public const string X509 = Wss + "x509-token-profile-1.0#X509v3";
}
