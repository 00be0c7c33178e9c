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

    /// <summary>
    /// Reads the file and keeps each of its processes as a new version, unless it is the latest one unchanged. A process that was withdrawn
    /// can be started again.
    /// </summary>
    public async Task<Deployment> DeployAsync(string xml, CancellationToken cancellation)
    {
        var reading = BpmnReader.Read(xml, options.DefinitionLimit, options.TaskInputs);
        if (reading.Models.Count == 0)
            return new Deployment(reading, [], IsNew: false);

        var (versions, isNew, findings) = await database.WriteAsync(
            transaction => WriteAsync(transaction, reading.Models, xml),
            cancellation
        );
        if (findings.Problems.Count > 0)
            return new Deployment(new BpmnReading([], findings.Problems, []), [], IsNew: false);
        if (!database.Dialect.Shared)
        {
            foreach (var (model, version) in reading.Models.Zip(versions))
                _latest.AddOrUpdate(model.Id, version, (_, other) => Math.Max(version, other));
        }
        return new Deployment(
            reading,
            [.. reading.Models.Zip(versions, (model, version) => new ProcessDefinition(version, model))],
            isNew
        );
    }

    /// <summary>
    /// Nothing starts the process any more, and the messages that did are free for others; its instances go on. Deploying it again takes
    /// that back.
    /// </summary>
    /// <returns>The latest version; null when there is no such process.</returns>
    public async Task<int?> WithdrawAsync(string id, CancellationToken cancellation)
    {
        var latest = await database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                await LockAsync(connection, transaction);
                await connection.ExecuteAsync(
                    "update definitions set withdrawn_at = @at where id = @id and withdrawn_at is null",
                    new { id, at = time.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction
                );
                await connection.ExecuteAsync(
                    "delete from message_starts where definition = @id",
                    new { id },
                    transaction
                );
                return await connection.ExecuteScalarAsync<int?>(
                    "select max(version) from definitions where id = @id",
                    new { id },
                    transaction
                );
            },
            cancellation
        );
        _latest.TryRemove(id, out _);
        return latest;
    }

    /// <summary>The latest version, or a certain one, to start; null when it is not deployed or was withdrawn.</summary>
    public async Task<ProcessDefinition?> FindAsync(string id, int? version, CancellationToken cancellation)
    {
        if (
            version is null
            && _latest.TryGetValue(id, out var latest)
            && _known.TryGetValue((id, latest), out var known)
        )
            return known;
        await using var connection = await database.OpenAsync(cancellation);
        var found = await connection.ExecuteScalarAsync<int?>(
            $"""
            select max(version) from definitions
            where id = @id and withdrawn_at is null {(version is null ? "" : "and version = @version")}
            """,
            new { id, version }
        );
        return found is { } wanted ? await FindAsync(connection, null, id, wanted) : null;
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
        var reading = BpmnReader.ReadStored(xml, options.TaskInputs);
        var model =
            reading.Models.FirstOrDefault(candidate => candidate.Id == id)
            ?? throw new StorageException(
                $"Version {version} of the definition {id} was deployed by another release and is not taken any more: "
                    + string.Join(' ', reading.Problems.Select(problem => $"{problem.Element}: {problem.Reason}"))
            );
        return _known.GetOrAdd((id, version), new ProcessDefinition(version, model));
    }

    // Two replicas that deploy at once must not both find the same latest version.
    private Task LockAsync(DbConnection connection, DbTransaction transaction) =>
        database.Dialect.Shared
            ? connection.ExecuteAsync("lock table definitions in share row exclusive mode", null, transaction)
            : Task.CompletedTask;

    /// <summary>All processes of the file, or none.</summary>
    private async Task<(IReadOnlyList<int> Versions, bool IsNew, Findings Findings)> WriteAsync(
        DbTransaction transaction,
        IReadOnlyList<ProcessModel> models,
        string xml
    )
    {
        var connection = transaction.Connection!;
        await LockAsync(connection, transaction);
        var findings = new Findings();
        var latest = new List<LatestVersion?>();
        foreach (var model in models)
        {
            latest.Add(
                await connection.QuerySingleOrDefaultAsync<LatestVersion>(
                    """
                    select version as Version, xml as Xml, withdrawn_at as WithdrawnAt
                    from definitions where id = @Id order by version desc limit 1
                    """,
                    new { model.Id },
                    transaction
                )
            );
            if (!IsCurrent(latest[^1], xml))
                await CheckAsync(connection, transaction, model, models, latest[^1], findings);
        }
        if (findings.Problems.Count > 0)
            return ([], false, findings);

        var versions = new List<int>();
        foreach (var (model, last) in models.Zip(latest))
            versions.Add(await WriteAsync(connection, transaction, model, last, xml));
        return (versions, latest.Exists(last => last?.Xml != xml), findings);
    }

    private async Task<int> WriteAsync(
        DbConnection connection,
        DbTransaction transaction,
        ProcessModel model,
        LatestVersion? latest,
        string xml
    )
    {
        if (IsCurrent(latest, xml))
            return latest!.Version;
        await connection.ExecuteAsync(
            "update definitions set withdrawn_at = null where id = @Id",
            new { model.Id },
            transaction
        );
        var version = latest?.Version ?? 0;
        if (latest?.Xml != xml)
            await InsertAsync(connection, transaction, model, ++version, xml);
        await StartByMessagesAsync(connection, transaction, model);
        return version;
    }

    private static bool IsCurrent(LatestVersion? latest, string xml) =>
        latest is { WithdrawnAt: null } && latest.Xml == xml;

    private async Task CheckAsync(
        DbConnection connection,
        DbTransaction transaction,
        ProcessModel model,
        IReadOnlyList<ProcessModel> file,
        LatestVersion? latest,
        Findings findings
    )
    {
        if (latest is null)
            AddressCheck.OfProcess(model, options.Name, findings);
        AddressCheck.OfElements(model, options.Name, findings);
        foreach (var start in model.MessageStarts)
        {
            await CheckMessageAsync(connection, transaction, model, file, start, findings);
            if (file.FirstOrDefault(other => StartsBy(other, start)) is { } first && first != model)
                RefuseMessage(start, first.Id, findings);
        }
    }

    private static bool StartsBy(ProcessModel model, StartEvent start) =>
        model.MessageStarts.Any(other => other.Message == start.Message);

    private static void RefuseMessage(StartEvent start, string other, Findings findings) =>
        findings.Refuse(
            start.Id,
            $"The message \"{start.Message}\" already starts the process \"{other}\".",
            "Use a message of its own, or withdraw that process."
        );

    /// <summary>A message starts the latest version of one process, so that it is clear what it does.</summary>
    private static async Task CheckMessageAsync(
        DbConnection connection,
        DbTransaction transaction,
        ProcessModel model,
        IReadOnlyList<ProcessModel> file,
        StartEvent start,
        Findings findings
    )
    {
        var other = await connection.QuerySingleOrDefaultAsync<string>(
            "select definition from message_starts where message = @Message and definition <> @Id",
            new { start.Message, model.Id },
            transaction
        );
        // What another process of the same file started until now, it may give away.
        if (other is not null && file.All(replaced => replaced.Id != other))
            RefuseMessage(start, other, findings);
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
    }

    private static async Task StartByMessagesAsync(
        DbConnection connection,
        DbTransaction transaction,
        ProcessModel model
    )
    {
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

        public long? WithdrawnAt { get; init; }
    }
}

/// <summary>What came of a deployment.</summary>
/// <param name="Reading">Problems and notices.</param>
/// <param name="Definitions">What is deployed, in the order of the file; empty when there are problems.</param>
/// <param name="IsNew">Whether there is a new version.</param>
internal sealed record Deployment(BpmnReading Reading, IReadOnlyList<ProcessDefinition> Definitions, bool IsNew);
