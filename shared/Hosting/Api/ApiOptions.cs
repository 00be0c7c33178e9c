using System.ComponentModel.DataAnnotations;

namespace Integration.Hosting;

/// <summary>Who may call the HTTP routes of a service, and how. Configuration section <c>Api</c>.</summary>
public sealed class ApiOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Api";

    /// <summary>
    /// Names under which callers reach the service, joined by commas, e.g. <c>process-core,core.example</c>; without ports. A
    /// request for another name is refused with 421, because a web page can have its own name point here. Always taken are
    /// localhost, 127.0.0.1, [::1] and what <c>Urls</c> names; <c>*</c> takes any. The default value is empty.
    /// </summary>
    public string Hosts { get; set; } = "";

    /// <summary>
    /// Origins of web pages that may call the service, joined by commas, e.g. <c>https://integration.example</c>: that of a proxy
    /// which serves pages and these routes under one name. Pages from anywhere else are refused with 403. The default value is
    /// empty.
    /// </summary>
    public string Origins { get; set; } = "";

    /// <summary>How long the body of a request may take to arrive, before it is answered with 408. The default value is 30 seconds.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// API tokens by name, each with its hash and role, e.g. <c>Api__Tokens__console__Hash</c> and <c>Api__Tokens__console__Role</c>;
    /// for a deployment that brings its first token along. Others are made by the command <c>token new</c>. The default value is
    /// none.
    /// </summary>
    public Dictionary<string, ConfiguredToken> Tokens { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether every caller that reaches the service may do everything, without being asked who it is, also beyond loopback. The default
    /// value is false: on loopback it is so until a token or a provider is configured, and elsewhere the service does not start
    /// without one.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    internal string[] HostList => Split(Hosts);

    internal string[] OriginList => Split(Origins);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ApiRules.Broken(this).Select(rule => new ValidationResult(rule));

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
