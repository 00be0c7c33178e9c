namespace Integration.Ldap.Servers;

/// <summary>What is known about attributes of a server without asking for its schema.</summary>
internal sealed class AttributeRules(ServerOptions options)
{
    // Passwords, their hashes and keys: a reader could try them at leisure.
    private static readonly string[] _secret =
    [
        "userPassword",
        "authPassword",
        "unicodePwd",
        "dBCSPwd",
        "lmPwdHistory",
        "ntPwdHistory",
        "pwdHistory",
        "passwordHistory",
        "sambaLMPassword",
        "sambaNTPassword",
        "sambaPasswordHistory",
        "krbPrincipalKey",
        "krbMKey",
        "krb5Key",
        "ipaNTHash",
        "supplementalCredentials",
        "msDS-ManagedPassword",
        "ms-Mcs-AdmPwd",
        "msLAPS-Password",
        "msLAPS-EncryptedPassword",
        "userPKCS12",
        "olcRootPW",
        "nsslapd-rootpw",
    ];

    private static readonly string[] _bytes =
    [
        "jpegPhoto",
        "photo",
        "audio",
        "thumbnailPhoto",
        "thumbnailLogo",
        "userCertificate",
        "userSMIMECertificate",
        "cACertificate",
        "crossCertificatePair",
        "certificateRevocationList",
        "authorityRevocationList",
        "deltaRevocationList",
        "objectGUID",
        "objectSid",
        "sIDHistory",
        "tokenGroups",
        "mS-DS-ConsistencyGuid",
        "msExchMailboxGuid",
        "nTSecurityDescriptor",
        "logonHours",
        "javaSerializedData",
    ];

    private readonly HashSet<string> _hidden = Set(_secret, options.HiddenAttributes);
    private readonly HashSet<string> _binary = Set(_bytes, options.BinaryAttributes);

    /// <summary>Whether it is never handed out.</summary>
    public bool IsHidden(string attribute) => _hidden.Contains(Plain(attribute));

    /// <summary>Whether its values are bytes, whatever they look like.</summary>
    public bool IsBinary(string attribute) =>
        _binary.Contains(Plain(attribute))
        || attribute.Split(';').Skip(1).Contains("binary", StringComparer.OrdinalIgnoreCase);

    private static string Plain(string attribute) => attribute.Split(';')[0];

    private static HashSet<string> Set(string[] usual, string further) =>
        new([.. usual, .. ServerRules.Split(further)], StringComparer.OrdinalIgnoreCase);
}
