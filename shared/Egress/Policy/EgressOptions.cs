using System.ComponentModel.DataAnnotations;

namespace Integration.Egress;

/// <summary>Where a service may connect to. Configuration section <c>Egress</c>.</summary>
public sealed class EgressOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Egress";

    /// <summary>Whether this machine itself may be called. The default value is false.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>Whether addresses that are not routed on the internet (10.0.0.0/8 and the like) may be called. The default value is false.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>
    /// Rules separated by commas: <c>api.example.org</c>, <c>*.example.org</c>, <c>10.1.0.0/16</c>, <c>[fd12::/16]:636</c>,
    /// <c>*:443</c>. When set, nothing else may be called. A rule with an address or a network also allows loopback or
    /// private addresses in it. The default value is empty: every public address.
    /// </summary>
    public string Allow { get; set; } = "";

    /// <summary>Rules as in Allow that are never called, whatever Allow says. The default value is empty.</summary>
    public string Deny { get; set; } = "";

    /// <summary>
    /// File with certificates (PEM) of authorities to trust besides those of the operating system. The default value is
    /// empty: none.
    /// </summary>
    public string TrustedAuthorities { get; set; } = "";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, list) in new[] { (nameof(Allow), Allow), (nameof(Deny), Deny) })
        foreach (var text in EgressRule.Split(list))
        {
            if (!EgressRule.TryParse(text, out _))
            {
                yield return new ValidationResult(
                    $"{Section}__{name}: '{text}' is no rule. Write a host (api.example.org), hosts below a domain "
                        + "(*.example.org), an address or a network (10.1.0.0/16), or * for every host, each "
                        + "with a port if wanted (api.example.org:443, [fd12::/16]:636).",
                    [name]
                );
            }
        }

        if (TrustedAuthorities.Length > 0 && !File.Exists(TrustedAuthorities))
        {
            yield return new ValidationResult(
                $"{Section}__{nameof(TrustedAuthorities)}: there is no file '{TrustedAuthorities}'. Name a PEM file, or remove "
                    + "the setting to trust the authorities of the operating system only.",
                [nameof(TrustedAuthorities)]
            );
        }
    }
}
