using System.Diagnostics.CodeAnalysis;

namespace Integration.ProcessCore.Engine;

/// <summary>
/// Ids of tasks and incidents: the instance's id and a number within it. So the instance of a result is known without
/// a table of open tasks that every task would have to be written to and deleted from.
/// </summary>
internal static class TaskIds
{
    public static string Of(string instanceId, int key) => $"{instanceId}-{key}";

    public static bool TryParse(string? id, [NotNullWhen(true)] out string? instanceId, out int key)
    {
        instanceId = null;
        key = 0;
        var split = id?.LastIndexOf('-') ?? -1;
        if (
            split <= 0
            || !int.TryParse(id.AsSpan(split + 1), out key)
            || !Guid.TryParseExact(id.AsSpan(0, split), "D", out _)
        )
            return false;
        instanceId = id![..split];
        return true;
    }
}
