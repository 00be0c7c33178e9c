using System.ComponentModel.DataAnnotations;

namespace Integration.Http;

/// <summary>Connections for outgoing HTTP. Configuration section <c>Http</c>.</summary>
public sealed class HttpTransportOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Http";

    /// <summary>
    /// Longest time for opening a connection, TLS included; a task may ask for less. The default value is 10 seconds.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a connection is used before it is opened anew, so that changes in the name service are followed. The
    /// default value is 5 minutes.
    /// </summary>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an unused connection is kept. The default value is 1 minute.</summary>
    public TimeSpan ConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The proxy for all targets, e.g. <c>http://proxy.example.org:3128</c>; environment variables such as HTTPS_PROXY are not
    /// looked at. The default value is empty: none.
    /// </summary>
    public string Proxy { get; set; } = "";

    /// <summary>User of the proxy. The default value is empty: without credentials.</summary>
    public string ProxyUserName { get; set; } = "";

    /// <summary>File with the password of that user, read for each connection. The default value is empty.</summary>
    public string ProxyPasswordFile { get; set; } = "";

    /// <summary>
    /// Targets that are called without the proxy: rules separated by commas, <c>*.internal.example.org</c>,
    /// <c>10.0.0.0/8</c> (for calls of the address itself). The default value is empty.
    /// </summary>
    public string ProxyExclusions { get; set; } = "";

    /// <summary>Targets with a client certificate, authorities or a proxy of their own, by a name of your choice.</summary>
    public Dictionary<string, HttpTargetOptions> Targets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Longest time for the answer of an OAuth 2 token endpoint. The default value is 10 seconds.</summary>
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Folder for refresh tokens that an OAuth 2 token endpoint gives in the place of the configured ones. It has to last and, where
    /// there are several replicas, to be shared by them. Protect it: its reader can act in the name of the user who agreed. The default
    /// value is empty: such a token is lost when the process ends.
    /// </summary>
    public string RefreshTokenFolder { get; set; } = "";

    /// <summary>How long a connection of HTTP/2 may be silent under a request before it is asked whether it lives. No setting.</summary>
    internal TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it has for its answer to that. No setting.</summary>
    internal TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (
            var (name, value) in new[]
            {
                (nameof(ConnectTimeout), ConnectTimeout),
                (nameof(ConnectionLifetime), ConnectionLifetime),
                (nameof(ConnectionIdleTimeout), ConnectionIdleTimeout),
                (nameof(TokenTimeout), TokenTimeout),
            }
        )
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromHours(1))
            {
                yield return new ValidationResult(
                    $"{Section}__{name}: {value} is not between 0 and 1 hour. Write it as hh:mm:ss, e.g. 00:00:10.",
                    [name]
                );
            }
        }

        foreach (var problem in TransportRules.Check(this))
            yield return new ValidationResult(problem);
        if (RefreshTokenFolder.Length > 0 && !Directory.Exists(RefreshTokenFolder))
        {
            yield return new ValidationResult(
                $"{Section}__{nameof(RefreshTokenFolder)}: there is no folder '{RefreshTokenFolder}'. Make it, so that only this "
                    + "service can read it, or remove the setting.",
                [nameof(RefreshTokenFolder)]
            );
        }
    }
}
