using Integration.Ldap.Filters;

namespace Integration.Ldap.Protocol;

/// <summary>What is looked for.</summary>
/// <param name="Base">Where the search begins.</param>
/// <param name="Scope">How far it goes.</param>
/// <param name="Filter">What an entry must be like.</param>
/// <param name="Attributes">Which attributes are wanted; none for all that are not operational.</param>
internal sealed record SearchQuery(string Base, SearchScope Scope, Filter Filter, IReadOnlyList<string> Attributes)
{
    /// <summary>No attributes, just the names of entries (RFC 4511, 4.5.1.8).</summary>
    public const string NoAttributes = "1.1";
}
