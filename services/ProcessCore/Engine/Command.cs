using System.Text.Json;
using Integration.Contracts;

namespace Integration.ProcessCore.Engine;

/// <summary>Something that happens to an instance.</summary>
internal abstract record Command
{
    /// <summary>The caller who asked for it, when it is known who that was.</summary>
    public string? By { get; init; }
}

/// <summary>A new instance begins.</summary>
/// <param name="InstanceId">Chosen by the caller, so that the engine needs no randomness.</param>
/// <param name="StartEvent">Where.</param>
/// <param name="Variables">What it begins with; of a message, what that carried.</param>
/// <param name="RequestId">Of the event that asked for it.</param>
/// <param name="ReplyTo">Who gets the event about what becomes of it.</param>
internal sealed record Start(
    string InstanceId,
    string StartEvent,
    JsonElement Variables,
    string? BusinessKey = null,
    string? Tenant = null,
    string? TraceParent = null,
    string? RequestId = null,
    string? ReplyTo = null
) : Command;

/// <summary>Something that is heard of a task.</summary>
/// <param name="Key">Number of its element within the instance.</param>
internal abstract record TaskCommand(int Key) : Command;

/// <summary>A task is done.</summary>
internal sealed record CompleteTask(int Key, JsonElement Outputs) : TaskCommand(Key);

/// <summary>A task met a declared business error.</summary>
internal sealed record RejectTask(int Key, BusinessError Error) : TaskCommand(Key);

/// <summary>A task waits for an operator.</summary>
internal sealed record ParkTask(int Key, ErrorInfo Error, string? FailureId) : TaskCommand(Key);

/// <summary>A task was given up.</summary>
internal sealed record FailTask(int Key, ErrorInfo Error, string? FailureId) : TaskCommand(Key);

/// <summary>Time has passed: timers may be due and deadlines over.</summary>
internal sealed record PassTime : Command;

/// <summary>A message came that an element waits for.</summary>
internal sealed record DeliverMessage(int Key, JsonElement Variables) : Command;

/// <summary>An operator ends it.</summary>
internal sealed record Cancel(string? Reason) : Command;

/// <summary>An operator changes variables.</summary>
internal sealed record SetVariables(JsonElement Variables) : Command;

/// <summary>An operator has what led to an incident done again.</summary>
internal sealed record RetryIncident(int Key) : Command;
