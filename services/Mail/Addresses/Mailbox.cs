namespace Integration.Mail.Addresses;

/// <summary>An address with or without a name (RFC 5322, 3.4).</summary>
/// <param name="Name">To be shown; null for none.</param>
/// <param name="Local">Before the @, as written.</param>
/// <param name="Domain">After it, lower case, in its ASCII form.</param>
internal sealed record Mailbox(string? Name, string Local, string Domain)
{
    /// <summary>As the server gets it.</summary>
    public string Address => $"{Local}@{Domain}";

    /// <summary>Only a server with SMTPUTF8 (RFC 6531) can take it.</summary>
    public bool NeedsUtf8 => !System.Text.Ascii.IsValid(Local);
}
