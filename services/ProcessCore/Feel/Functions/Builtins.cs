namespace Integration.ProcessCore.Feel.Functions;

/// <summary>All built-in functions by name.</summary>
internal static class Builtins
{
    private static readonly ILookup<string, Builtin> _byName = new[]
    {
        BooleanFunctions.All,
        ContextFunctions.All,
        ConversionFunctions.All,
        ListFunctions.All,
        NumberFunctions.All,
        StringFunctions.All,
        TemporalFunctions.All,
    }
        .SelectMany(area => area)
        .ToLookup(function => function.Name, StringComparer.Ordinal);

    /// <summary>All signatures in the order of their names.</summary>
    public static IReadOnlyList<string> Signatures { get; } =
    [
        .. _byName
            .OrderBy(function => function.Key, StringComparer.Ordinal)
            .SelectMany(function => function.Select(signature => signature.ToString())),
    ];

    /// <summary>All names, for suggestions.</summary>
    public static IEnumerable<string> Names => _byName.Select(function => function.Key);

    /// <summary>The signatures of a function; empty when there is none of that name.</summary>
    public static IReadOnlyList<Builtin> Find(string name) => [.. _byName[name]];
}
