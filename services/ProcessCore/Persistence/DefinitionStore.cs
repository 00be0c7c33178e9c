using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Integration.ProcessCore.Bpmn;
using Integration.ProcessCore.Definitions;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>Deployed definitions. A version never changes, so each is read and parsed once.</summary>
internal sealed class DefinitionStore(IDatabase database, CoreOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Id, int Version), ProcessDefinition> _known = new();

    // Only where no other replica can deploy: then every start would ask for what cannot have changed.
    private readonly ConcurrentDictionary<string, int> _latest = new(StringComparer.Ordinal);

    /// <summary>Reads the file and keeps it as a new version, unless it is the latest one unchanged.</summary>
    public async Task<Deployment> DeployAsync(string xml, CancellationToken cancellation)
    {
        var reading = BpmnReader.Read(xml, options.DefinitionLimit);
        if (reading.Model is not { } model)
            return new Deployment(reading, null, IsNew: false);

        var (version, isNew, findings) = await database.WriteAsync(
            transaction => WriteAsync(transaction, model, xml),
            cancellation
        );
        if (findings.Problems.Count == 0 && !database.Dialect.Shared)
            _latest.AddOrUpdate(model.Id, version, (_, other) => Math.Max(version, other));
        return findings.Problems.Count > 0
            ? new Deployment(new BpmnReading(null, findings.Problems, []), null, IsNew: false)
            : new Deployment(reading, new ProcessDefinition(version, model), isNew);
    }

    /// <summary>The latest version, or a certain one; null when it is not deployed.</summary>
    public async Task<ProcessDefinition?> FindAsync(string id, int? version, CancellationToken cancellation)
    {
        version ??= _latest.TryGetValue(id, out var latest) ? latest : null;
        if (version is { } wanted && _known.TryGetValue((id, wanted), out var known))
            return known;
        await using var connection = await database.OpenAsync(cancellation);
        version ??= await connection.ExecuteScalarAsync<int?>(
            "select max(version) from definitions where id = @id",
            new { id }
        );
        return version is { } found ? await FindAsync(connection, null, id, found) : null;
    }

    /// <summary>The definition of an instance: it is there as long as the instance.</summary>
    public async Task<ProcessDefinition> GetAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string id,
        int version
    ) =>
        await FindAsync(connection, transaction, id, version)
        ?? throw new StorageException($"Version {version} of the definition {id} is missing in the database.");

    private async Task<ProcessDefinition?> FindAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string id,
        int version
    )
    {
        if (_known.TryGetValue((id, version), out var known))
            return known;
        var xml = await connection.QuerySingleOrDefaultAsync<string>(
            "select xml from definitions where id = @id and version = @version",
            new { id, version },
            transaction
        );
        if (xml is null)
            return null;
        var reading = BpmnReader.Read(xml, int.MaxValue);
        var model =
            reading.Model
            ?? throw new StorageException(
                $"Version {version} of the definition {id} was deployed by another release and is not taken any more: "
                    + string.Join(' ', reading.Problems.Select(problem => $"{problem.Element}: {problem.Reason}"))
            );
        return _known.GetOrAdd((id, version), new ProcessDefinition(version, model));
    }

    private async Task<(int Version, bool IsNew, Findings Findings)> WriteAsync(
        DbTransaction transaction,
        ProcessModel model,
        string xml
    )
    {
        var connection = transaction.Connection!;
        var findings = new Findings();
        // Two replicas that deploy at once must not both find the same latest version.
        if (database.Dialect.Shared)
            await connection.ExecuteAsync("lock table definitions in share row exclusive mode", null, transaction);
        var latest = await connection.QuerySingleOrDefaultAsync<LatestVersion>(
            "select version, xml from definitions where id = @Id order by version desc limit 1",
            new { model.Id },
            transaction
        );
        if (latest?.Xml == xml)
            return (latest.Version, false, findings);

        if (latest is null)
            AddressCheck.OfProcess(model, options.Name, findings);
        AddressCheck.OfElements(model, options.Name, findings);
        foreach (var start in model.MessageStarts)
            await CheckMessageAsync(connection, transaction, model, start, findings);
        if (findings.Problems.Count > 0)
            return (0, false, findings);
        var version = (latest?.Version ?? 0) + 1;
        await InsertAsync(connection, transaction, model, version, xml);
        return (version, true, findings);
    }

    /// <summary>A message starts the latest version of one process, so that it is clear what it does.</summary>
    private static async Task CheckMessageAsync(
        DbConnection connection,
        DbTransaction transaction,
        ProcessModel model,
        StartEvent start,
        Findings findings
    )
    {
        var other = await connection.QuerySingleOrDefaultAsync<string>(
            "select definition from message_starts where message = @Message and definition <> @Id",
            new { start.Message, model.Id },
            transaction
        );
        if (other is not null)
            findings.Refuse(
                start.Id,
                $"The message \"{start.Message}\" already starts the process \"{other}\".",
                "Use a message of its own."
            );
    }

    private async Task InsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        ProcessModel model,
        int version,
        string xml
    )
    {
        await connection.ExecuteAsync(
            """
            insert into definitions (id, version, name, xml, deployed_at)
            values (@Id, @version, @Name, @xml, @at)
            """,
            new
            {
                model.Id,
                version,
                model.Name,
                xml,
                at = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            transaction
        );
        await connection.ExecuteAsync(
            "delete from message_starts where definition = @Id",
            new { model.Id },
            transaction
        );
        foreach (var start in model.MessageStarts)
            await connection.ExecuteAsync(
                "insert into message_starts (message, definition) values (@Message, @Id)",
                new { start.Message, model.Id },
                transaction
            );
    }

    private sealed class LatestVersion
    {
        public int Version { get; init; }

        public string Xml { get; init; } = "";
    }
}

/// <summary>What came of a deployment.</summary>
/// <param name="Reading">Problems and notices.</param>
/// <param name="Definition">What is deployed; null when there are problems.</param>
/// <param name="IsNew">Whether it is a new version.</param>
internal sealed record Deployment(BpmnReading Reading, ProcessDefinition? Definition, bool IsNew);
