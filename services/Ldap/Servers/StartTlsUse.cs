namespace Integration.Ldap.Servers;

/// <summary>Whether a connection to <c>ldap://</c> is secured before anything is said.</summary>
public enum StartTlsUse
{
    /// <summary>It must be.</summary>
    Required,

    /// <summary>Never: everything can be read on the way. Without credentials only.</summary>
    Off,
}
