namespace Integration.Soap.Mapping;

/// <summary>How a name that the schema does not know is reported.</summary>
internal static class Unknown
{
    private const int MaxNames = 20;

    /// <summary>Goes on after the path.</summary>
    public static string Property(string name, IReadOnlyCollection<string> known, string? further = null)
    {
        var near = NearestName.Of(name, known);
        var hint = near is null ? "" : $" Did you mean '{near}'?";
        var names = known.Take(MaxNames).Append(further).OfType<string>().ToList();
        var more = known.Count > MaxNames ? ", …" : "";
        return names.Count == 0
            ? "is not known: the schema permits none here."
            : $"is not known.{hint} Known are: {string.Join(", ", names)}{more}.";
    }
}
