namespace Integration.Contracts;

/// <summary>The error codes that more than one part of the system sets or reads. Operations add their own.</summary>
public static class ErrorCodes
{
    /// <summary>Data: the body is no JSON, or lacks a property that the contract requires.</summary>
    public const string MalformedMessage = "malformed-message";

    /// <summary>Volumetric: the body is larger than the receiver takes.</summary>
    public const string MessageTooLarge = "message-too-large";

    /// <summary>Data: the service that got the task has no such operation.</summary>
    public const string UnknownOperation = "unknown-operation";

    /// <summary>Data: the service has the operation, but not this version of it.</summary>
    public const string UnknownVersion = "unknown-version";

    /// <summary>Data: an input is missing or does not fit; the message names the field.</summary>
    public const string InvalidInput = "invalid-input";

    /// <summary>
    /// Data: the engine has used this task id before, with another operation, version or inputs. Nothing was executed.
    /// </summary>
    public const string TaskIdInUse = "task-id-in-use";

    /// <summary>
    /// Access: the publisher of the message may not speak for this operation or engine. Nothing was done with it.
    /// </summary>
    public const string NotTrusted = "not-trusted";

    /// <summary>Data: the result is for another operation or version than the engine asked for under this task id.</summary>
    public const string ResultMismatch = "result-mismatch";

    /// <summary>Data: the engine has no such process definition, or not in this version.</summary>
    public const string UnknownProcess = "unknown-process";

    /// <summary>Connectivity: no queue takes tasks of this operation.</summary>
    public const string NoService = "no-service";

    /// <summary>Connectivity: the deadline had passed before the work was done.</summary>
    public const string DeadlinePassed = "deadline-passed";

    /// <summary>Connectivity: the engine got no answer by the deadline.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>Internal: the broker gave up delivering after too many attempts (a poison message).</summary>
    public const string DeliveryLimit = "delivery-limit";

    /// <summary>In-doubt: an earlier attempt had begun its call and left no outcome.</summary>
    public const string OutcomeUnknown = "outcome-unknown";

    /// <summary>Internal: the engine withdrew the task.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Internal: an exception that nothing classified.</summary>
    public const string UnhandledException = "unhandled-exception";
}
