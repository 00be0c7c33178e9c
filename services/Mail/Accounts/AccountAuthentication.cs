namespace Integration.Mail.Accounts;

/// <summary>How we prove to a mail server who we are.</summary>
public enum AccountAuthentication
{
    /// <summary>XOAUTH2 when there is a token, otherwise PLAIN or LOGIN, whichever the server offers, in this order.</summary>
    Auto,

    /// <summary>User and password (RFC 4616).</summary>
    Plain,

    /// <summary>User and password, as older servers want them.</summary>
    Login,

    /// <summary>User and access token.</summary>
    XOAuth2,
}
