namespace Integration.Ldap.Servers;

/// <summary>Whether a connection to <c>ldap://</c> is secured before anything is said.</summary>
public enum StartTlsUse
{
    /// <summary>It must be.</summary>
    Required,

    /// <summary>Never: everybody on the way can read along. Without credentials only.</summary>
    Off,
}
