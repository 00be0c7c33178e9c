using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Integration.Contracts;

/// <summary>
/// What the contract demands of an event beyond the types of its fields: the same as the published schemas say, and the lengths in
/// bytes, which a schema cannot say. Every reader goes by it, and no publisher sends what it would refuse.
/// </summary>
public static class EventRules
{
    private static readonly SearchValues<char> _hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>What is wrong with the event, beginning with the field's name; null when nothing is.</summary>
    public static string? Check(object e) =>
        e switch
        {
            TaskRequested task => Task(task),
            TaskCompleted completed => Result(completed.TaskId, completed.Operation, completed.ReplyTo)
                ?? Least(completed.Version, "version")
                ?? Attempt(completed.Attempt)
                ?? Object(completed.Outputs, "outputs"),
            TaskRejected rejected => Result(rejected.TaskId, rejected.Operation, rejected.ReplyTo)
                ?? Least(rejected.Version, "version")
                ?? Attempt(rejected.Attempt)
                ?? (rejected.Error.Code.Length == 0 ? "error.code is empty." : null),
            TaskErrored errored => Errored(errored),
            TaskIncident incident => Result(incident.TaskId, incident.Operation, incident.ReplyTo)
                ?? Attempt(incident.Attempt)
                ?? Error(incident.Error),
            TaskFailed failed => Result(failed.TaskId, failed.Operation, failed.ReplyTo)
                ?? Attempt(failed.Attempt)
                ?? Error(failed.Error),
            TaskCancelled cancelled => Result(cancelled.TaskId, cancelled.Operation, cancelled.ReplyTo),
            ProcessStart start => Inbound(start.RequestId, start.Tenant, start.Engine, start.ReplyTo)
                ?? Name(start.Definition, "definition")
                ?? Name(start.BusinessKey, "businessKey")
                ?? Least(start.Version, "version")
                ?? Object(start.Variables, "variables"),
            MessageReceived message => Inbound(message.RequestId, message.Tenant, message.Engine, message.ReplyTo)
                ?? Name(message.Name, "name")
                ?? Name(message.CorrelationKey, "correlationKey")
                ?? Object(message.Variables, "variables"),
            InstanceCompleted completed => Inbound(completed.RequestId, null, completed.Engine, completed.ReplyTo)
                ?? Least(completed.Version, "version")
                ?? Object(completed.Outputs, "outputs"),
            InstanceFailed failed => Inbound(failed.RequestId, null, failed.Engine, failed.ReplyTo)
                ?? Least(failed.Version, "version")
                ?? Error(failed.Error),
            ServiceAnnounced announced => Announced(announced),
            ServiceHeartbeat heartbeat => Hash(heartbeat.ContractHash)
                ?? (heartbeat.InFlight < 0 ? "inFlight must be 0 or more." : null),
            _ => null,
        };

    /// <summary>What is wrong with a task id; null when nothing is.</summary>
    public static string? TaskId(string id, string field = "taskId") =>
        id.Length > Limits.TaskId && Characters(id) > Limits.TaskId
            ? $"{field} is longer than {Limits.TaskId} characters."
            : Routable(id, field);

    /// <summary>What is wrong with the name of an engine, or of another requester; null when nothing is.</summary>
    public static string? Engine(string? name, string field = "replyTo") =>
        name is null ? null
        : name.Contains('.', StringComparison.Ordinal) ? $"{field} must not contain a dot."
        : Routable(name, field);

    /// <summary>Whether the requester wants to know what becomes of the start, and can be answered.</summary>
    public static bool CanBeAnswered(ProcessStart start) =>
        start.ReplyTo is not null
        && Engine(start.ReplyTo) is null
        && Engine(start.Engine, "engine") is null
        && Name(start.RequestId, "requestId") is null;

    private static string? Task(TaskRequested task) =>
        Result(task.TaskId, task.Operation, task.ReplyTo)
        ?? Least(task.Version, "version")
        ?? Attempt(task.Attempt)
        ?? Object(task.Inputs, "inputs")
        ?? (
            task.Parent is { } parent ? Within("parent", Result(parent.TaskId, parent.Operation, parent.ReplyTo)) : null
        );

    private static string? Errored(TaskErrored errored) =>
        (errored.TaskId is { } id ? TaskId(id) : null)
        ?? (errored.Operation is { } operation ? Routable(operation, "operation") : null)
        ?? Attempt(errored.Attempt)
        ?? Error(errored.Error)
        ?? (errored.Request is { } request ? Within("request", Task(request)) : null)
        ?? (errored.Source is { } source ? Within("source", Source(source)) : null)
        ?? (
            errored is { TaskId: { } outer, Request: { } asked } && outer != asked.TaskId
                ? "taskId and request.taskId are not the same."
                : null
        );

    private static string? Source(MessageSource source) =>
        source.Size < 0 ? "size must be 0 or more."
        : source.Encoding is not ("text" or "base64") ? "encoding must be \"text\" or \"base64\"."
        : null;

    private static string? Announced(ServiceAnnounced announced)
    {
        foreach (var operation in announced.Operations)
        {
            if ((Least(operation.Version, "version") ?? Effect(operation.Effect)) is { } reason)
                return $"operations: {reason}";
        }

        foreach (var contract in announced.Contracts ?? [])
        {
            var reason =
                Least(contract.Version, "version")
                ?? Effect(contract.Effect)
                ?? Object(contract.Inputs, "inputs")
                ?? Object(contract.Outputs, "outputs");
            if (reason is not null)
                return $"contracts: {reason}";
        }

        return Hash(announced.ContractHash);
    }

    private static string? Result(string taskId, string? operation, string? replyTo) =>
        TaskId(taskId) ?? (operation is null ? null : Routable(operation, "operation")) ?? Engine(replyTo);

    private static string? Inbound(string requestId, string? tenant, string? engine, string? replyTo) =>
        Name(requestId, "requestId") ?? Name(tenant, "tenant") ?? Engine(engine, "engine") ?? Engine(replyTo);

    private static string? Within(string parent, string? reason) => reason is null ? null : $"{parent}: {reason}";

    private static string? Error(ErrorInfo error) =>
        error.RetryAfter is { } seconds && !(seconds >= 0 && double.IsFinite(seconds))
            ? "error.retryAfter must be 0 or more."
            : null;

    private static string? Hash(string? hash) =>
        hash is null || (hash.Length == 64 && !hash.AsSpan().ContainsAnyExcept(_hexadecimal))
            ? null
            : "contractHash must be 64 hexadecimal digits in lower case.";

    private static string? Effect(string effect) =>
        effect is "read" or "idempotent" or "once" ? null : "effect must be \"read\", \"idempotent\" or \"once\".";

    private static string? Object(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Object ? null : $"{field} must be a JSON object.";

    private static string? Least(int? number, string field) => number < 1 ? $"{field} must be 1 or more." : null;

    private static string? Attempt(int attempt) =>
        attempt is < 1 or > Limits.Attempt ? $"attempt must be 1 to {Limits.Attempt}." : null;

    /// <summary>
    /// What is wrong with a name or key that engines store and look up: of a process, a message, a request or a case; null when nothing is.
    /// </summary>
    public static string? Name(string? name, string field) =>
        name is null ? null
        : name.Length == 0 ? $"{field} is empty."
        : name.Length > Limits.Name && Characters(name) > Limits.Name
            ? $"{field} is longer than {Limits.Name} characters."
        : Unprintable(name, field);

    /// <summary>What becomes a routing key or a property must fit into a short string of AMQP, with a category or so before it.</summary>
    private static string? Routable(string name, string field) =>
        name.Length == 0 ? $"{field} is empty."
        // Three bytes at most per UTF-16 unit: the usual short name is not counted.
        : name.Length > Limits.NameBytes / 3 && Encoding.UTF8.GetByteCount(name) > Limits.NameBytes
            ? $"{field} is longer than {Limits.NameBytes} bytes in UTF-8."
        : Unprintable(name, field);

    /// <summary>PostgreSQL stores no NUL, and the others do harm in a log.</summary>
    private static string? Unprintable(ReadOnlySpan<char> name, string field) =>
        name.ContainsAnyInRange('\u0000', '\u001f') || name.ContainsAnyInRange('\u007f', '\u009f')
            ? $"{field} contains a control character."
            : null;

    /// <summary>As JSON Schema counts them: half of a pair is none.</summary>
    private static int Characters(string text) => text.EnumerateRunes().Count();
}
