using Integration.Contracts;

namespace Integration.ProcessCore.Persistence;

/// <summary>Names and keys from outside become columns and index entries: both databases must be able to hold them.</summary>
internal static class Names
{
    /// <summary>Why it cannot be taken, or null when it can: by the rule for events, whichever way it came.</summary>
    public static string? Check(string field, string? value) => EventRules.Name(value, field);

    /// <summary>No more than the first <paramref name="most"/> characters, and none of them halved.</summary>
    public static string Cut(string text, int most = Limits.Name)
    {
        if (text.Length <= most)
            return text;
        var end = 0;
        for (var count = 0; count < most && end < text.Length; count++)
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        return text[..end];
    }

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
