using Integration.Contracts;

namespace Integration.ErrorTreatment.Failures;

/// <summary>One thing that went wrong and what became of it. Changed inside a transaction only.</summary>
internal sealed class Failure
{
    /// <summary>A UUID in order of time: newest first is by id, descending.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about, see <see cref="Failures.Subject"/>; unique.</summary>
    public required string Subject { get; init; }

    public required FailureKind Kind { get; init; }

    public FailureState State { get; set; } = FailureState.New;

    /// <summary>Why it is in this state, for an operator.</summary>
    public string Reason { get; set; } = "";

    public string? TaskId { get; set; }

    public string? Operation { get; set; }

    /// <summary>The engine that waits, when it is known.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>Task: the last attempt that was sent or heard of. Message: how often it came.</summary>
    public int Attempt { get; set; }

    /// <summary>Automatic retries since the first error or the last operator's retry.</summary>
    public int Retries { get; set; }

    /// <summary>When the next automatic step is due: the retry, or the end of waiting for its answer.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The last error.</summary>
    public ErrorInfo Error { get; set; } = new(ErrorCategory.Internal, "unknown", "");

    /// <summary>Who reported the last error.</summary>
    public string? Service { get; set; }

    /// <summary>The request, with the deadline that holds now.</summary>
    public TaskRequested? Request { get; set; }

    /// <summary>Whether secrets in the request were masked on its way here.</summary>
    public bool Masked { get; set; }

    /// <summary>The message itself, where there is no readable request.</summary>
    public StoredMessage? Message { get; set; }

    /// <summary>Time that was left until the deadline when the first error came.</summary>
    public TimeSpan? Span { get; set; }

    /// <summary>Ties what is sent again to the trace of the process.</summary>
    public string? TraceParent { get; set; }

    /// <summary>
    /// The open failure of a task that this one has asked for and waits for, as far as it was looked for. Not stored.
    /// </summary>
    public string? WaitsFor { get; set; }

    /// <summary>Attempts whose errors are in the history.</summary>
    public HashSet<int> KnownAttempts { get; } = [];

    public DateTimeOffset FirstAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>
    /// Whether it is a request with the id of another task of its engine. That task has its own record, or needs none: no
    /// event about it concerns this one, and none about this one goes to its engine.
    /// </summary>
    public bool IsCollision => Failures.Subject.IsCollision(Subject);

    /// <summary>Whether something that was said about a task of this engine may concern it. Null is an engine that is not known.</summary>
    public bool IsOf(string? engine) =>
        string.IsNullOrEmpty(engine) || string.IsNullOrEmpty(ReplyTo) || engine == ReplyTo;

    /// <summary>Why it cannot be sent again; null when it can.</summary>
    public string? Unsendable =>
        (Request, Message) switch
        {
            _ when IsCollision =>
                "its task id belongs to another task of the same engine, and would be refused once more",
            ({ }, _) when Masked =>
                "secrets that stood in its inputs were masked on the way here, so it is not what the process has sent",
            ({ }, _) when Attempt >= Limits.Attempt => $"it has had {Limits.Attempt} attempts, as many as there can be",
            ({ }, _) or (_, { Complete: true }) => null,
            (_, { } message) when message.Body.Length < message.Size =>
                $"only the first {message.Body.Length} of its {message.Size} bytes are known",
            (_, { } message) => message.Unpublishable,
            _ => "the error event carried no request",
        };

    /// <summary>
    /// The engine that is informed, or null: a result is for the engine itself, and an event about it would take the same way and
    /// only fail again.
    /// </summary>
    public string? Engine =>
        TaskId is not null
        && !IsCollision
        && ReplyTo is not null
        && EventRules.TaskId(TaskId) is null
        && EventRules.Engine(ReplyTo) is null
        && (Message is null || Message.Exchange == Exchanges.Tasks)
            ? ReplyTo
            : null;
}
