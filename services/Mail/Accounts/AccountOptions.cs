namespace Integration.Mail.Accounts;

/// <summary>A server that takes our mail, and who we are to it. Configuration section <c>Mail__Accounts__NAME</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Name of the server; its certificate must be for this name. Required.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port of the server. The default value is 587; 465 with <see cref="AccountSecurity.ImplicitTls"/>.</summary>
    public int? Port { get; set; }

    /// <summary>
    /// <c>StartTls</c>: required, never optional. <c>ImplicitTls</c>: TLS from the first byte. <c>None</c>: no TLS, and only
    /// without <c>User</c>. The default value is <see cref="AccountSecurity.StartTls"/>.
    /// </summary>
    public AccountSecurity Security { get; set; } = AccountSecurity.StartTls;

    /// <summary>
    /// <c>Plain</c>, <c>Login</c>, <c>XOAuth2</c>, or <c>Auto</c>: XOAUTH2 with a token, otherwise PLAIN or LOGIN, whichever is
    /// offered. The default value is <see cref="AccountAuthentication.Auto"/>.
    /// </summary>
    public AccountAuthentication Authentication { get; set; } = AccountAuthentication.Auto;

    /// <summary>Name to authenticate with. The default value is empty: without authentication.</summary>
    public string User { get; set; } = "";

    /// <summary>Password. The default value is empty.</summary>
    public string Password { get; set; } = "";

    /// <summary>File with the password, read for every connection. The default value is empty.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>OAuth 2 access token, for XOAUTH2. The default value is empty.</summary>
    public string Token { get; set; } = "";

    /// <summary>File with the token, read for every connection, so that whoever renews it writes it there. The default value is empty.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>
    /// Senders that tasks may use, separated by commas: <c>billing@example.org</c>, <c>*@example.org</c>. The first that is
    /// an address is the sender of tasks that name none. Required.
    /// </summary>
    public string From { get; set; } = "";

    /// <summary>How we introduce ourselves (EHLO). The default value is empty: our own IP address.</summary>
    public string HelloName { get; set; } = "";
}
