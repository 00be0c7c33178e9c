using System.Text.Json;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

/// <summary>Events as services and engines send them.</summary>
internal static class Events
{
    public static ServiceReference Rest { get; } = new("rest", "1.0.0", "rest-1");

    public static TaskRequested Task(string id, int attempt = 1, DateTimeOffset? deadline = null) =>
        new(
            id,
            "rest.request",
            1,
            "engine",
            JsonSerializer.SerializeToElement(new { url = "http://partner.example/orders" }),
            attempt,
            new ProcessReference("instance-1", "orders", "SendOrder", "ORDER-17"),
            deadline
        );

    public static ErrorInfo Connectivity(double? retryAfter = null) =>
        new(
            ErrorCategory.Connectivity,
            "connection-refused",
            "partner.example:443 refused the connection.",
            Retryable: true,
            RetryAfter: retryAfter,
            Target: "partner.example:443"
        );

    public static ErrorInfo Access { get; } =
        new(
            ErrorCategory.Access,
            "unauthorized",
            "partner.example:443 answered 401.",
            401,
            Target: "partner.example:443"
        );

    public static ErrorInfo Doubt { get; } =
        new(ErrorCategory.InDoubt, ErrorCodes.OutcomeUnknown, "Whether the order was sent is unknown.");

    public static TaskErrored Errored(TaskRequested request, ErrorInfo error) =>
        new(error, DateTimeOffset.UnixEpoch, Rest, request.TaskId, request.Attempt, request.Operation, request);

    public static TaskCompleted Completed(TaskRequested request) =>
        new(
            request.TaskId,
            request.Operation,
            request.Version,
            request.ReplyTo,
            JsonSerializer.SerializeToElement(new { ok = true }),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            Rest,
            request.Attempt
        );

    /// <summary>The same as error treatment has read it.</summary>
    public static Errored Read(TaskRequested request, ErrorInfo error) =>
        new(Subject.Task(request.TaskId), FailureKind.Task, error, request.Attempt, DateTimeOffset.UnixEpoch)
        {
            Service = Rest.Name,
            TaskId = request.TaskId,
            Operation = request.Operation,
            ReplyTo = request.ReplyTo,
            Request = request,
        };
}
