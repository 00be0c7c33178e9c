using System.Text.Json;

namespace Integration.Fixtures;

/// <summary>A row of <c>deploy/services.json</c>, the one table of what is deployed.</summary>
/// <param name="Folder">In <c>services/</c>, e.g. <c>ProcessCore</c>. All other names follow from it.</param>
/// <param name="Port">Where it listens on loopback.</param>
/// <param name="User">
/// What it is to the broker, as <c>deploy/rabbitmq/users</c> says at its head. The default value is a service whose operations have its
/// own prefix.
/// </param>
/// <param name="Api">Whether it has an HTTP API that asks who calls.</param>
public sealed record ServiceRow(string Folder, int Port, string? User = null, bool Api = false)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Where the table stands.</summary>
    public const string Table = "deploy/services.json";

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<ServiceRow> All { get; } = Read(File.ReadAllText(RepositoryFolder.File(Table)));

    /// <summary>Those that execute operations.</summary>
    public static IEnumerable<ServiceRow> WithOperations => All.Where(row => row.IsService);

    /// <summary>To the broker, to others and in containers, e.g. <c>process-core</c>.</summary>
    public string Name =>
        string.Concat(Folder.Select((one, i) => (i > 0 && char.IsUpper(one) ? "-" : "") + char.ToLowerInvariant(one)));

    /// <summary>Its database and that one's user, e.g. <c>process_core</c>.</summary>
    public string Database => Name.Replace('-', '_');

    /// <summary>Its part of the names of variables, e.g. <c>PROCESS_CORE</c>.</summary>
    public string Variable => Database.ToUpperInvariant();

    /// <summary>What it is to the broker.</summary>
    public string BrokerUser => User ?? $"service {Name}.";

    /// <summary>Whether it executes operations.</summary>
    public bool IsService => BrokerUser.StartsWith("service ", StringComparison.Ordinal);

    /// <summary>A table as it is written in the file.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<ServiceRow> Read(string table) =>
        JsonSerializer.Deserialize<List<ServiceRow>>(table, _json)!;
}
