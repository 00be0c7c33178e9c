using System.Text.Json;
using Integration.Contracts;

namespace Integration.ProcessCore.Catalogue;

/// <summary>What one process of a service has announced.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Instance">Which process; null when it has not said so.</param>
/// <param name="Version">Of the service.</param>
/// <param name="Hash">Of its contracts; null when it has announced none.</param>
/// <param name="Operations">What it takes.</param>
/// <param name="Contracts">Of its operations, a JSON array; null when it has announced none.</param>
/// <param name="SeenAt">When it was last heard of.</param>
internal sealed record Catalogued(
    string Service,
    string? Instance,
    string? Version,
    string? Hash,
    IReadOnlyList<OperationReference> Operations,
    JsonElement? Contracts,
    DateTimeOffset SeenAt
)
{
    // Three heartbeats have not come, and the next one is late.
    private static readonly TimeSpan _longestSilence = TimeSpan.FromSeconds(100);

    /// <summary>Whether a service that was last heard of then counts as alive.</summary>
    public static bool IsAlive(DateTimeOffset seen, DateTimeOffset now) => now - seen <= _longestSilence;

    /// <summary>The contract of one of its operations.</summary>
    public JsonElement? Contract(string operation, int version)
    {
        if (Contracts is not { } contracts)
            return null;
        foreach (var contract in contracts.EnumerateArray())
        {
            if (
                contract.GetProperty("name").GetString() == operation
                && contract.GetProperty("version").GetInt32() == version
            )
                return contract;
        }

        return null;
    }
}
