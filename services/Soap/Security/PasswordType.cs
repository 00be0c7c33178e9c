namespace Integration.Soap.Security;

/// <summary>How a user name token proves that we know the password.</summary>
public enum PasswordType
{
    /// <summary>With the password itself: for TLS only.</summary>
    Text,

    /// <summary>With a hash of the password, a nonce and the time; the server must know the password.</summary>
    Digest,
}
