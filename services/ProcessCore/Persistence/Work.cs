using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Messaging;

namespace Integration.ProcessCore.Persistence;

/// <summary>One thing to do to one instance, in a transaction that it may share.</summary>
internal abstract record Work(TraceContext Trace);

/// <param name="Definition">Which process.</param>
/// <param name="Command">How it begins.</param>
/// <param name="RequestId">Starts nothing a second time.</param>
internal sealed record StartWork(ProcessDefinition Definition, Start Command, string? RequestId, TraceContext Trace)
    : Work(Trace);

/// <param name="InstanceId">To which instance.</param>
/// <param name="Command">What happens.</param>
internal sealed record InstanceWork(string InstanceId, Command Command, TraceContext Trace) : Work(Trace)
{
    /// <summary>What the command must fit, when it comes from a result.</summary>
    public ResultSubject? Subject { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Kind">Whether it was done.</param>
/// <param name="InstanceId">The instance; of a repeated request the one that it had started.</param>
/// <param name="State">The instance afterwards.</param>
/// <param name="Reason">Why it was not done.</param>
internal sealed record WorkResult(
    WorkResultKind Kind,
    string InstanceId,
    InstanceState? State = null,
    string? Reason = null
)
{
    /// <summary>What is to be published now that it is written.</summary>
    public IReadOnlyList<OutboxRow> Messages { get; init; } = [];

    /// <summary>What the instance began to wait for.</summary>
    public IReadOnlyList<SubscriptionRow> Opened { get; init; } = [];
}

/// <summary>Whether work was done.</summary>
internal enum WorkResultKind
{
    /// <summary>The work was done.</summary>
    Done,

    /// <summary>The same work had been done before.</summary>
    Repeated,

    /// <summary>The instance does not allow it.</summary>
    Refused,

    /// <summary>There is no such instance.</summary>
    NotFound,

    /// <summary>The result is for another operation than the instance has asked for.</summary>
    Mismatched,
}
