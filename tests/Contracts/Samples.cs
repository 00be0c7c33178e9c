using System.Text.Json;

namespace Integration.Contracts.Tests;

/// <summary>Every event, with every field set.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset _start = new(2026, 12, 1, 9, 59, 58, 250, TimeSpan.Zero);
    private static readonly DateTimeOffset _end = _start.AddMilliseconds(125);
    private static readonly ServiceReference _service = new("rest", "0.1.0", "host-17-a1");
    private static readonly ProcessReference _process = new("42", "credit-request", "LookUpBureau", "CR-17");

    private static readonly ErrorInfo _error = new(
        ErrorCategory.Connectivity,
        "http-503",
        "The credit bureau answered 503.",
        Status: 503,
        Retryable: true,
        RetryAfter: 2.5,
        Target: "bureau.example:443",
        Details: Json("""{"body": "busy"}""")
    );

    private static readonly TaskRequested _request = new(
        "t-1",
        "rest.request",
        1,
        "engine",
        Json("""{"url": "https://bureau.example/scores", "query": {"id": 17}}"""),
        Attempt: 2,
        _process,
        Deadline: _end.AddMinutes(5),
        Tenant: "north",
        AfterDoubt: true,
        new ParentTask("t-0", "engine", "crm.new-customer")
    );

    public static IReadOnlyDictionary<string, object> ByType { get; } =
        new Dictionary<string, object>
        {
            [EventTypes.TaskRequested] = _request,
            [EventTypes.TaskCompleted] = new TaskCompleted(
                "t-1",
                "rest.request",
                1,
                "engine",
                Json("""{"status": 200, "body": {"score": 712}}"""),
                _start,
                _end,
                _service,
                Attempt: 2,
                Status: 201,
                Replayed: true,
                _process,
                "north"
            ),
            [EventTypes.TaskRejected] = new TaskRejected(
                "t-1",
                "rest.request",
                1,
                "engine",
                new BusinessError("BLACKLISTED", "The applicant is on the black list.", Json("""{"since": 2019}""")),
                _start,
                _end,
                _service,
                Attempt: 2,
                Replayed: true,
                _process,
                "north"
            ),
            [EventTypes.TaskErrored] = new TaskErrored(
                _error,
                _end,
                _service,
                "t-1",
                Attempt: 2,
                "rest.request",
                _request,
                new MessageSource(
                    "integration.tasks",
                    "rest.request.v1",
                    "{",
                    "text",
                    1,
                    "task.requested",
                    "m-1",
                    "t-1",
                    "engine",
                    "engine"
                ),
                Masked: true
            ),
            [EventTypes.TaskIncident] = new TaskIncident(
                "t-1",
                _error,
                _end,
                "engine",
                new ServiceReference("error-treatment"),
                Attempt: 6,
                "f-1",
                "rest.request",
                _process
            ),
            [EventTypes.TaskFailed] = new TaskFailed(
                "t-1",
                _error,
                _end,
                "engine",
                new ServiceReference("error-treatment"),
                Attempt: 6,
                "f-1",
                "rest.request",
                _process
            ),
            [EventTypes.TaskCancelled] = new TaskCancelled(
                "t-1",
                "rest.request",
                _end,
                "The process was cancelled.",
                "engine"
            ),
            [EventTypes.ServiceAnnounced] = new ServiceAnnounced(
                _service,
                _end,
                [
                    new OperationReference("rest.request", 1, "idempotent"),
                    new OperationReference("rest.ping", 2, "read"),
                ],
                new string('a', 64),
                [
                    new OperationContract(
                        "rest.request",
                        1,
                        "idempotent",
                        Json("""{"type": "object"}"""),
                        Json("""{"type": "object"}"""),
                        [
                            new DeclaredError(
                                ErrorCategory.Access,
                                "unauthorised",
                                "The target refused the credentials.",
                                "Correct them."
                            ),
                        ],
                        "Sends an HTTP request."
                    ),
                ]
            ),
            [EventTypes.ServiceHeartbeat] = new ServiceHeartbeat(_service, _end, 3, new string('a', 64)),
            [EventTypes.ProcessStart] = new ProcessStart(
                "credit-request",
                Json("""{"applicant": "17"}"""),
                "r-1",
                "CR-17",
                Version: 3,
                "north",
                "engine",
                "gateway"
            ),
            [EventTypes.MessageReceived] = new MessageReceived(
                "contract-signed",
                Json("""{"signed": true}"""),
                "r-2",
                "CR-17",
                "north",
                "engine",
                "gateway"
            ),
            [EventTypes.InstanceCompleted] = new InstanceCompleted(
                "42",
                "credit-request",
                "r-1",
                "gateway",
                "engine",
                Json("""{"granted": true}"""),
                _start,
                _end,
                Version: 3,
                "CR-17",
                "north",
                "The outputs are too large."
            ),
            [EventTypes.InstanceFailed] = new InstanceFailed(
                "credit-request",
                "r-1",
                "gateway",
                "engine",
                _error,
                _end,
                "42",
                Version: 3,
                "CR-17",
                "north"
            ),
            [EventTypes.AnnouncementRequested] = new AnnouncementRequested("rest", _end, "host-17-a1"),
        };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
