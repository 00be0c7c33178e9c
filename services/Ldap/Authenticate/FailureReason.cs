namespace Integration.Ldap.Authenticate;

/// <summary>Why a user was not let in. For the process; do not show it to the user.</summary>
internal enum FailureReason
{
    /// <summary>No entry, as far as we may see.</summary>
    UnknownUser,

    /// <summary>The password is wrong, or the directory says no more than that.</summary>
    WrongPassword,

    /// <summary>The user has no password.</summary>
    NoPassword,

    /// <summary>After too many wrong passwords.</summary>
    Locked,

    /// <summary>The account was switched off, or its time is over.</summary>
    Disabled,

    /// <summary>The password is too old.</summary>
    PasswordExpired,

    /// <summary>The password is right, but a new one must be chosen first.</summary>
    MustChangePassword,
}
