using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Integration.ProcessCore.Engine;

/// <summary>
/// Ids of tasks and incidents: the instance's id and a number within it. So the instance of a result is known without
/// a table of open tasks that every task would have to be written to and deleted from.
/// </summary>
internal static class TaskIds
{
    // A UUID, a hyphen and a number.
    private const int Longest = 36 + 1 + 10;

    public static string Of(string instanceId, int key) => $"{instanceId}-{key}";

    /// <summary>
    /// Takes an id apart that is written as <see cref="Of"/> writes it, and no other spelling: numbers and UUIDs have many, and what
    /// compares texts would see another id where this one sees the same.
    /// </summary>
    public static bool TryParse(string? id, [NotNullWhen(true)] out string? instanceId, out int key)
    {
        instanceId = null;
        key = 0;
        var split = id?.LastIndexOf('-') ?? -1;
        if (
            split <= 0
            || !int.TryParse(id.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out key)
            || !Guid.TryParseExact(id.AsSpan(0, split), "D", out var instance)
            || !IsWritten(id, instance, key)
        )
            return false;
        instanceId = id![..split];
        return true;
    }

    private static bool IsWritten(ReadOnlySpan<char> id, Guid instance, int key)
    {
        Span<char> text = stackalloc char[Longest];
        return text.TryWrite(CultureInfo.InvariantCulture, $"{instance:D}-{key}", out var length)
            && id.SequenceEqual(text[..length]);
    }
}
