namespace Integration.Ldap.Names;

/// <summary>The name of an entry (RFC 4514), taken apart: the entry itself first, the root last.</summary>
/// <param name="Parts">Each with one value as a rule; several are joined by a plus.</param>
internal sealed record DistinguishedName(IReadOnlyList<IReadOnlyList<NameValue>> Parts)
{
    /// <summary>Whether it is the other one or lies below it.</summary>
    public bool IsWithin(DistinguishedName other) =>
        Parts.Count >= other.Parts.Count
        && Parts
            .Skip(Parts.Count - other.Parts.Count)
            .Zip(other.Parts, (mine, its) => Key(mine) == Key(its))
            .All(same => same);

    /// <summary>The name of what is directly above; null at the root.</summary>
    public DistinguishedName? Parent => Parts.Count > 1 ? new DistinguishedName([.. Parts.Skip(1)]) : null;

    /// <summary>As the server gets it.</summary>
    public override string ToString() => string.Join(',', Parts.Select(Text));

    /// <summary>One part as text.</summary>
    public static string Text(IReadOnlyList<NameValue> part) => string.Join('+', part);

    private static string Key(IReadOnlyList<NameValue> part) =>
        string.Join('+', part.Select(value => value.Key).Order(StringComparer.Ordinal));
}
