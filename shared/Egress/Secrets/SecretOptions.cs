namespace Integration.Egress;

/// <summary>A secret that tasks may name as <c>{{secrets.NAME}}</c>. Configuration section <c>Secrets__NAME</c>.</summary>
public sealed class SecretOptions
{
    /// <summary>The secret itself, for the environment of the process. Leave it out when a file or a provider has it.</summary>
    public string Value { get; set; } = "";

    /// <summary>
    /// File that holds the secret, as Kubernetes and container engines mount it. Read at every use, so that a new one is
    /// taken without a restart. A line break at its end is not part of it.
    /// </summary>
    public string File { get; set; } = "";

    /// <summary>
    /// Where it may be sent to, rules separated by commas: <c>api.example.org</c>, <c>*.example.org:443</c>. Required:
    /// a process that names the secret decides about the address.
    /// </summary>
    public string Hosts { get; set; } = "";

    /// <summary>
    /// Inputs of tasks that it may stand in, separated by commas: <c>headers.Authorization</c>, <c>form.client_secret</c>,
    /// <c>authentication</c> with everything below it. The default value is empty: every input that takes secrets, but
    /// <c>query</c> and <c>form</c> of <c>rest.request</c>, in which data is usual.
    /// </summary>
    public string Inputs { get; set; } = "";

    /// <summary>
    /// For a client's secret and for a refresh token: where the access tokens that are got with it may be sent to, rules as in
    /// Hosts. The default value is empty: the same as Hosts.
    /// </summary>
    public string TokenHosts { get; set; } = "";
}

/// <summary>All secrets by name. Configuration section <c>Secrets</c>.</summary>
public sealed class SecretsOptions : Dictionary<string, SecretOptions>
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Secrets";

    /// <summary>Names are the same whatever their case, as settings are.</summary>
    public SecretsOptions()
        : base(StringComparer.OrdinalIgnoreCase) { }
}
