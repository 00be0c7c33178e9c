using System.Text.Json;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Storing;

/// <summary>A failure as it stands in its table. What is searched and filtered by has a column; the rest is JSON.</summary>
internal sealed class FailureRow
{
    public const string Columns =
        "id, subject, kind, state, reason, task_id, operation, process, business_key, reply_to, category, code, service, "
        + "attempt, retries, next_at, span, trace_parent, error, request, masked, message, search, parent_task_id, "
        + "parent_reply_to, first_at, updated_at";

    public const string Insert = $"""
        insert into failures ({Columns})
        values (@Id, @Subject, @Kind, @State, @Reason, @TaskId, @Operation, @Process, @BusinessKey, @ReplyTo, @Category,
            @Code, @Service, @Attempt, @Retries, @NextAt, @Span, @TraceParent, @Error, @Request, @Masked, @Message, @Search, @ParentTaskId,
            @ParentReplyTo, @FirstAt, @UpdatedAt)
        on conflict (subject) do nothing
        """;

    public const string Update = """
        update failures set state = @State, reason = @Reason, task_id = @TaskId, operation = @Operation, process = @Process,
            business_key = @BusinessKey, reply_to = @ReplyTo, category = @Category, code = @Code, service = @Service,
            attempt = @Attempt, retries = @Retries, next_at = @NextAt, span = @Span, trace_parent = @TraceParent,
            error = @Error, request = @Request, masked = @Masked, message = @Message, search = @Search, parent_task_id = @ParentTaskId,
            parent_reply_to = @ParentReplyTo, updated_at = @UpdatedAt
        where id = @Id
        """;

    public string Id { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Kind { get; init; } = "";
    public string State { get; init; } = "";
    public string Reason { get; init; } = "";
    public string? TaskId { get; init; }
    public string? Operation { get; init; }
    public string? Process { get; init; }
    public string? BusinessKey { get; init; }
    public string? ReplyTo { get; init; }
    public string Category { get; init; } = "";
    public string Code { get; init; } = "";
    public string? Service { get; init; }
    public long Attempt { get; init; }
    public long Retries { get; init; }
    public long? NextAt { get; init; }
    public long? Span { get; init; }
    public string? TraceParent { get; init; }
    public string Error { get; init; } = "";
    public string? Request { get; init; }
    public long Masked { get; init; }
    public string? Message { get; init; }
    public string Search { get; init; } = "";
    public string? ParentTaskId { get; init; }
    public string? ParentReplyTo { get; init; }
    public long FirstAt { get; init; }
    public long UpdatedAt { get; init; }

    public static FailureRow From(Failure failure) =>
        new()
        {
            Id = failure.Id,
            Subject = Storable.Text(failure.Subject),
            Kind = failure.Kind == FailureKind.Task ? "task" : "message",
            State = failure.State.Name(),
            Reason = Storable.Text(failure.Reason),
            TaskId = Storable.TextOrNull(failure.TaskId),
            Operation = Storable.TextOrNull(failure.Operation),
            Process = Storable.TextOrNull(failure.Request?.Process?.Definition),
            BusinessKey = Storable.TextOrNull(failure.Request?.Process?.BusinessKey),
            ReplyTo = Storable.TextOrNull(failure.ReplyTo),
            Category = RoutingKeys.Name(failure.Error.Category),
            Code = Storable.Text(failure.Error.Code),
            Service = Storable.TextOrNull(failure.Service),
            Attempt = failure.Attempt,
            Retries = failure.Retries,
            NextAt = failure.NextAt?.ToUnixTimeMilliseconds(),
            Span = (long?)failure.Span?.TotalMilliseconds,
            TraceParent = Storable.TextOrNull(failure.TraceParent),
            Error = JsonSerializer.Serialize(failure.Error, ContractJson.Default.ErrorInfo),
            Request = failure.Request is { } request
                ? JsonSerializer.Serialize(request, VerbatimJson.Default.TaskRequested)
                : null,
            Masked = failure.Masked ? 1 : 0,
            Message = failure.Message is { } message
                ? JsonSerializer.Serialize(message, StoringJson.Default.StoredMessage)
                : null,
            Search = SearchText(failure),
            ParentTaskId = Storable.TextOrNull(failure.Request?.Parent?.TaskId),
            ParentReplyTo = Storable.TextOrNull(failure.Request?.Parent?.ReplyTo),
            FirstAt = failure.FirstAt.ToUnixTimeMilliseconds(),
            UpdatedAt = failure.UpdatedAt.ToUnixTimeMilliseconds(),
        };

    public Failure ToFailure() =>
        new()
        {
            Id = Id,
            Subject = Subject,
            Kind = Kind == "task" ? FailureKind.Task : FailureKind.Message,
            State = FailureStates.Parse(State),
            Reason = Reason,
            TaskId = TaskId,
            Operation = Operation,
            ReplyTo = ReplyTo,
            Service = Service,
            Attempt = (int)Attempt,
            Retries = (int)Retries,
            NextAt = Moment.From(NextAt),
            Span = Span is { } span ? TimeSpan.FromMilliseconds(span) : null,
            TraceParent = TraceParent,
            Error = JsonSerializer.Deserialize(Error, ContractJson.Default.ErrorInfo)!,
            Request = Request is null ? null : JsonSerializer.Deserialize(Request, ContractJson.Default.TaskRequested),
            Masked = Masked != 0,
            Message = Message is null ? null : JsonSerializer.Deserialize(Message, StoringJson.Default.StoredMessage),
            FirstAt = Moment.From(FirstAt),
            UpdatedAt = Moment.From(UpdatedAt),
        };

    private static string SearchText(Failure failure)
    {
        var process = failure.Request?.Process;
        string?[] parts =
        [
            failure.TaskId,
            failure.ReplyTo,
            failure.Operation,
            process?.Definition,
            process?.InstanceId,
            process?.Element,
            process?.BusinessKey,
            failure.Request?.Parent?.TaskId,
            failure.Error.Code,
            failure.Error.Target,
            failure.Service,
            failure.Error.Message,
            failure.Message?.Properties.MessageId,
            failure.Message?.RoutingKey,
        ];
        return Storable.Text(string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part))).ToLowerInvariant());
    }
}
