using System.Text.Json;

namespace Integration.ProcessCore.Engine;

/// <summary>Everything that is known of a process instance. Never changed: each step yields a new one.</summary>
internal sealed record InstanceState
{
    /// <summary>UUID of the instance.</summary>
    public required string Id { get; init; }

    /// <summary>BPMN process id.</summary>
    public required string Definition { get; init; }

    /// <summary>Version of the definition; an instance keeps it.</summary>
    public required int Version { get; init; }

    /// <summary>What people call the case.</summary>
    public string? BusinessKey { get; init; }

    /// <summary>The tenant that the instance belongs to.</summary>
    public string? Tenant { get; init; }

    /// <summary>Id of the request that started it.</summary>
    public string? RequestId { get; init; }

    /// <summary>Who gets the event about what becomes of it; null for no event.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Whether it goes on.</summary>
    public InstanceStatus Status { get; init; } = InstanceStatus.Running;

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Code of the error end event that it ended at.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Its variables.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = Json.NoMembers;

    /// <summary>The elements that wait for something.</summary>
    public IReadOnlyList<OpenElement> Open { get; init; } = [];

    /// <summary>Sequence flows whose tokens wait at a joining parallel gateway, once per token.</summary>
    public IReadOnlyList<string> Arrived { get; init; } = [];

    /// <summary>What a person must look at.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>The last number given to an element or incident of this instance.</summary>
    public int LastKey { get; init; }

    /// <summary>Trace that the instance began in; its timers go on with it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The first moment at which a timer is due or a deadline passes.</summary>
    public DateTimeOffset? NextDue()
    {
        DateTimeOffset? next = null;
        foreach (var element in Open)
        {
            foreach (var timer in element.Timers)
                next = Earlier(next, timer.Due);
            if (element.Task is { } && IsWatched(element))
                next = Earlier(next, element.Task.Deadline);
        }

        return next;
    }

    /// <summary>Whether only the deadline would show that no answer comes.</summary>
    public bool IsWatched(OpenElement element) =>
        element.Task is not null && !Incidents.Any(incident => incident.OpenKey == element.Key);

    /// <summary>
    /// Whether a task of that number can have been asked for and be over. Numbers that were never given are none, nor are those of an
    /// element that waits for a message, of an incident, and the first, which is the start event's.
    /// </summary>
    public bool MayHaveAsked(int key) =>
        key > 1
        && key <= LastKey
        && !Open.Any(element => element.Key == key && element.Message is not null)
        && !Incidents.Any(incident => incident.Key == key);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) =>
        one is { } moment && moment < other ? moment : other;
}

/// <summary>What has become of an instance.</summary>
internal enum InstanceStatus
{
    /// <summary>Goes on, or waits.</summary>
    Running,

    /// <summary>All its tokens have ended.</summary>
    Completed,

    /// <summary>Ended at an error end event.</summary>
    Failed,

    /// <summary>Ended by an operator.</summary>
    Cancelled,
}
