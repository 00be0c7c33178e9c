namespace Integration.Ldap.Servers;

/// <summary>A directory server, and who we are to it. Configuration section <c>Ldap__Servers__NAME</c>.</summary>
public sealed class ServerOptions
{
    /// <summary>
    /// <c>ldaps://host</c> for TLS from the first byte (port 636 unless given) or <c>ldap://host</c> for StartTLS (389). The
    /// server's certificate must be for this name. Required.
    /// </summary>
    public string Uri { get; set; } = "";

    /// <summary>
    /// Whether <c>ldap://</c> is secured before anything is sent: Required, or Off, with which everything can be read on the way,
    /// so only without BindDn and without passwords. The default value is <see cref="StartTlsUse.Required"/>.
    /// </summary>
    public StartTlsUse StartTls { get; set; } = StartTlsUse.Required;

    /// <summary>Name that the service logs in with. The default value is empty: anonymous.</summary>
    public string BindDn { get; set; } = "";

    /// <summary>Its password. The default value is empty.</summary>
    public string BindPassword { get; set; } = "";

    /// <summary>File with the password, read for every connection. The default value is empty.</summary>
    public string BindPasswordFile { get; set; } = "";

    /// <summary>
    /// The entry that tasks may work on, with everything below it: <c>ou=people,dc=example,dc=org</c>. Also where a search
    /// begins that names no base. The default value is empty: the whole directory.
    /// </summary>
    public string BaseDn { get; set; } = "";

    /// <summary>Whether tasks may only read. The default value is false.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>
    /// Attributes that are never handed out nor looked for, separated by commas, besides the usual ones for passwords and
    /// keys. The default value is empty.
    /// </summary>
    public string HiddenAttributes { get; set; } = "";

    /// <summary>
    /// Attributes whose values are bytes, separated by commas, besides the usual ones. The default value is empty.
    /// </summary>
    public string BinaryAttributes { get; set; } = "";

    /// <summary>
    /// Whether passwords stand in tasks themselves, which the engine, the broker and error treatment store. The default
    /// value is false: they are named as <c>{{secrets.NAME}}</c>.
    /// </summary>
    public bool PasswordsInTasks { get; set; }
}
