using Integration.Soap.Security;

namespace Integration.Soap.Settings;

/// <summary>A SOAP service that tasks may call. Configuration section <c>Soap__Services__NAME</c>.</summary>
public sealed class ServiceOptions
{
    /// <summary>Its WSDL 1.1: a file, or an http or https address. Required.</summary>
    public string Wsdl { get; set; } = "";

    /// <summary>
    /// Where to call it, e.g. https://crm.example.org/soap. The default value is empty: the address in the WSDL.
    /// </summary>
    public string Address { get; set; } = "";

    /// <summary>
    /// The port of the WSDL that is called when a task names none. The default value is empty: the only one that has the operation,
    /// or the first.
    /// </summary>
    public string Port { get; set; } = "";

    /// <summary>
    /// Operations that only read, by name and separated by commas: they are repeated when it is not known whether a call arrived.
    /// <c>*</c> for all. The default value is empty: none.
    /// </summary>
    public string Reads { get; set; } = "";

    /// <summary>
    /// Operations that have their effect once, however often they are called with the same input, by name and separated by commas:
    /// they are repeated, too. <c>*</c> for all. The default value is empty: none.
    /// </summary>
    public string Idempotent { get; set; } = "";

    /// <summary>
    /// Profile of HTTP authentication (<c>Http__Authentications__NAME</c>) for tasks that bring none. The default value is empty: none.
    /// </summary>
    public string Authentication { get; set; } = "";

    /// <summary>
    /// Profile of HTTP authentication for fetching the WSDL, and what it imports from the same origin. The default value is empty: that
    /// in Authentication, unless Address names another origin than the WSDL's.
    /// </summary>
    public string WsdlAuthentication { get; set; } = "";

    /// <summary>Of a WS-Security user name token. The default value is empty: no token.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Password of the token. The default value is empty.</summary>
    public string Password { get; set; } = "";

    /// <summary>File with the password, read for each call. The default value is empty.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>
    /// How the token proves the password: Text, which needs TLS, or Digest. The default value is Text.
    /// </summary>
    public PasswordType PasswordType { get; set; } = PasswordType.Text;

    /// <summary>Whether messages carry a WS-Security timestamp. The default value is false, and true with a signature.</summary>
    public bool? Timestamp { get; set; }

    /// <summary>How long a message is good for, as its timestamp says. The default value is 5 minutes.</summary>
    public TimeSpan TimestampLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>File with the certificate (PEM) that messages are signed with. The default value is empty: no signature.</summary>
    public string SigningCertificateFile { get; set; } = "";

    /// <summary>File with the certificate's private RSA key (PEM), read for each call. The default value is empty.</summary>
    public string SigningKeyFile { get; set; } = "";

    /// <summary>
    /// What is signed, separated by commas: Body, Timestamp, Addressing, UserName. The default value is Body, Timestamp.
    /// </summary>
    public SignedParts SignedParts { get; set; } = SignedParts.Body | SignedParts.Timestamp;

    /// <summary>
    /// Whether the server has to refuse a message whose security header it does not know. The default value is true.
    /// </summary>
    public bool SecurityMustUnderstand { get; set; } = true;

    /// <summary>Whether messages carry WS-Addressing headers. The default value is empty: when the WSDL says so.</summary>
    public bool? Addressing { get; set; }

    internal bool Signs => SigningCertificateFile.Length > 0;

    internal bool HasTimestamp => Timestamp ?? Signs;
}
