namespace Integration.Mail.Accounts;

/// <summary>How the connection to a mail server is protected.</summary>
public enum AccountSecurity
{
    /// <summary>Begins in the clear and must be secured before anything is said; usual on port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte; usual on port 465.</summary>
    ImplicitTls,

    /// <summary>No TLS. Without credentials only.</summary>
    None,
}
