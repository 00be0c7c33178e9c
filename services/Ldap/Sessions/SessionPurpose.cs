namespace Integration.Ldap.Sessions;

/// <summary>What a session is for. The two are kept apart, so that no work is ever done in the name of a user who was checked.</summary>
internal enum SessionPurpose
{
    /// <summary>Logged in as our own account.</summary>
    Work,

    /// <summary>Checks passwords, one after the other, and does nothing else.</summary>
    Authentication,
}
