using Integration.Bus;
using Integration.ProcessCore.Engine;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>What transactions on instances need, and their statements.</summary>
internal sealed class InstanceStore(
    IDatabase database,
    ProcessEngine engine,
    DefinitionStore definitions,
    EventMessages messages,
    CoreOptions options
)
{
    public const string Insert = """
        insert into instances (id, definition, definition_version, business_key, status, started_at, ended_at, next_due,
            incidents, revision, state)
        values (@Id, @Definition, @DefinitionVersion, @BusinessKey, @Status, @StartedAt, @EndedAt, @NextDue,
            @Incidents, @Revision, @State)
        """;

    public const string Update = """
        update instances
        set status = @Status, ended_at = @EndedAt, next_due = @NextDue, incidents = @Incidents, revision = @Revision,
            state = @State
        where id = @Id and revision = @Revision - 1
        """;

    public const string InsertHistory = """
        insert into history (instance_id, revision, at, entries) values (@InstanceId, @Revision, @At, @Entries)
        """;

    public const string InsertSubscription = """
        insert into subscriptions (instance_id, element_key, message, correlation_key, opened_at)
        values (@InstanceId, @ElementKey, @Message, @CorrelationKey, @OpenedAt)
        """;

    public const string DeleteSubscription = """
        delete from subscriptions where instance_id = @InstanceId and element_key = @ElementKey
        """;

    public IDatabase Database => database;

    public ProcessEngine Engine => engine;

    public DefinitionStore Definitions => definitions;

    public EventMessages Messages => messages;

    /// <summary>How long the writer of a message may take to publish it before another replica does.</summary>
    public TimeSpan Lease => options.OutboxLease;

    /// <summary>Reads one instance and keeps other replicas from it until the transaction ends.</summary>
    public string Select { get; } =
        $"select revision, state from instances where id = @Id {(database.Dialect.Shared ? "for update" : "")}";
}
