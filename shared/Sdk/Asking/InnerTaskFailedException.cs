using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>
/// The task that an operation asked for was given up. Category and code are those of its last error; with
/// <see cref="ErrorCategory.InDoubt"/> it is not known whether it had its effect. When the operation does not catch it, its own
/// task ends as <c>task.failed</c> with this error: an operator has decided already.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "The SDK alone throws it.")]
public sealed class InnerTaskFailedException : TaskErrorException
{
    internal InnerTaskFailedException(AskedTask asked, TaskFailed failed)
        : base(
            failed.Error.Category,
            failed.Error.Code,
            $"Step '{asked.Step}' ({asked.Operation}, task {asked.InnerId}) failed. {failed.Error.Message}",
            retryable: false,
            innerException: null
        )
    {
        Step = asked.Step;
        FailureId = failed.FailureId;
        Status = failed.Error.Status;
        Target = failed.Error.Target;
        Details = failed.Error.Details;
    }

    /// <summary>The step that asked.</summary>
    public string Step { get; }

    /// <summary>Where error treatment keeps the failure, if it was given up there.</summary>
    public string? FailureId { get; }
}
