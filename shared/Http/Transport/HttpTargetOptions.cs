namespace Integration.Http;

/// <summary>Targets with a transport of their own. Configuration section <c>Http__Targets__NAME</c>.</summary>
public sealed class HttpTargetOptions
{
    /// <summary>
    /// Which ones: rules separated by commas, <c>api.example.org</c>, <c>*.example.org:443</c>, <c>10.1.0.0/16</c> (for calls of
    /// the address itself). Required. Of several entries that fit, the first by name counts.
    /// </summary>
    public string Hosts { get; set; } = "";

    /// <summary>File with our certificate and those of the authorities between it and the root (PEM). The default value is empty: none.</summary>
    public string ClientCertificateFile { get; set; } = "";

    /// <summary>File with its private key (PEM). The default value is empty: the key is in the file of the certificate.</summary>
    public string ClientKeyFile { get; set; } = "";

    /// <summary>File with the password of the private key. The default value is empty: the key has none.</summary>
    public string ClientKeyPasswordFile { get; set; } = "";

    /// <summary>
    /// File with certificates (PEM) of authorities to trust for these targets, besides those of the operating system. The
    /// default value is empty: Egress__TrustedAuthorities.
    /// </summary>
    public string TrustedAuthorities { get; set; } = "";

    /// <summary>The proxy for these targets, e.g. <c>http://proxy.example.org:3128</c>. The default value is empty: Http__Proxy.</summary>
    public string Proxy { get; set; } = "";

    /// <summary>User of the proxy. The default value is empty: without credentials.</summary>
    public string ProxyUserName { get; set; } = "";

    /// <summary>File with the password of that user. The default value is empty.</summary>
    public string ProxyPasswordFile { get; set; } = "";
}
