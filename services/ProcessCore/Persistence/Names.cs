namespace Integration.ProcessCore.Persistence;

/// <summary>Names and keys from outside become columns and index entries: both databases must be able to hold them.</summary>
internal static class Names
{
    /// <summary>Longest name or key in characters.</summary>
    public const int Longest = Contracts.Limits.Name;

    /// <summary>Why it cannot be taken, or null when it can.</summary>
    public static string? Check(string field, string? value) =>
        value switch
        {
            null => null,
            "" => $"{field} is empty.",
            { Length: > Longest } => $"{field} is longer than {Longest} characters.",
            _ when value.Any(char.IsControl) => $"{field} contains a control character.",
            _ => null,
        };

    /// <summary>The first reason of several.</summary>
    public static (string Field, string Reason)? Check(params ReadOnlySpan<(string Field, string? Value)> values)
    {
        foreach (var (field, value) in values)
        {
            if (Check(field, value) is { } reason)
                return (field, reason);
        }

        return null;
    }
}
