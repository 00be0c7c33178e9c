using System.Text.Json;
using Integration.ProcessCore.Bpmn;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>A deployed version.</summary>
/// <param name="Notices">What was taken and has no effect; of the whole file.</param>
/// <param name="WithdrawnAt">Since when nothing starts it any more.</param>
/// <param name="Definitions">All that are deployed, when a file has more than one process.</param>
internal sealed record DefinitionAnswer(
    string Id,
    int Version,
    string? Name,
    DateTimeOffset? DeployedAt = null,
    IReadOnlyList<Notice>? Notices = null,
    string? Xml = null,
    DateTimeOffset? WithdrawnAt = null,
    IReadOnlyList<DefinitionAnswer>? Definitions = null
);

/// <summary>A process instance in a list.</summary>
internal sealed record InstanceSummary(
    string Id,
    string Definition,
    int Version,
    string? BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Incidents
);

/// <summary>A process instance with everything that is known of it.</summary>
internal sealed record InstanceAnswer(
    string Id,
    string Definition,
    int Version,
    string? BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? ErrorCode,
    IReadOnlyDictionary<string, JsonElement> Variables,
    IReadOnlyList<ElementAnswer> Open,
    IReadOnlyList<IncidentAnswer> Incidents
)
{
    public static InstanceAnswer Of(InstanceState state) =>
        new(
            state.Id,
            state.Definition,
            state.Version,
            state.BusinessKey,
            InstanceRow.Name(state.Status),
            state.StartedAt,
            state.EndedAt,
            state.ErrorCode,
            state.Variables,
            [.. state.Open.Select(ElementAnswer.Of)],
            [.. state.Incidents.Select(incident => IncidentAnswer.Of(state, incident))]
        );
}

/// <summary>An element that waits.</summary>
internal sealed record ElementAnswer(
    string Element,
    DateTimeOffset Since,
    string? TaskId,
    DateTimeOffset? Deadline,
    string? Message,
    string? CorrelationKey,
    DateTimeOffset? NextTimer
)
{
    public static ElementAnswer Of(OpenElement element) =>
        new(
            element.Element,
            element.Since,
            element.Task?.Id,
            element.Task?.Deadline,
            element.Message?.Name,
            element.Message?.CorrelationKey,
            element.Timers.Count == 0 ? null : element.Timers.Min(timer => timer.Due)
        );
}

/// <summary>What a person must look at.</summary>
internal sealed record IncidentAnswer(
    string Id,
    string Kind,
    string InstanceId,
    string Definition,
    string? BusinessKey,
    string Element,
    string Code,
    string Message,
    DateTimeOffset At,
    string? TaskId,
    string? FailureId
)
{
    public static IncidentAnswer Of(InstanceState state, Incident incident) =>
        new(
            TaskIds.Of(state.Id, incident.Key),
            Name(incident.Kind),
            state.Id,
            state.Definition,
            state.BusinessKey,
            incident.Element,
            incident.Code,
            incident.Message,
            incident.At,
            incident.TaskId,
            incident.FailureId
        );

    private static string Name(IncidentKind kind) =>
        kind switch
        {
            IncidentKind.Parked => "parked",
            IncidentKind.NoAnswer => "no-answer",
            IncidentKind.Failed => "failed",
            IncidentKind.UncaughtError => "uncaught-error",
            IncidentKind.Expression => "expression",
            IncidentKind.Stuck => "stuck",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
}

/// <summary>One line of an instance's history.</summary>
internal sealed record HistoryAnswer(DateTimeOffset At, string Type, string? Element, string? TaskId, string? Detail);

/// <summary>Answer to a start.</summary>
internal sealed record StartedAnswer(string Id, string Definition, int? Version, bool Repeated);

/// <summary>Answer to a message.</summary>
/// <param name="RequestId">Repeating it delivers nothing a second time.</param>
/// <param name="Repeated">Whether it had been taken before.</param>
/// <param name="InstanceId">The instance that took it; absent while it waits.</param>
internal sealed record MessageAnswer(string RequestId, bool Repeated, string? InstanceId);
