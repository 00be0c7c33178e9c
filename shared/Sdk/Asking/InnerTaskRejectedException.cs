using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>
/// The task that an operation asked for ended in a business error. When the operation does not catch it: the process gets the
/// same business error if the operation declares its code with <see cref="RaisesAttribute"/>, as then it is a word of its own;
/// otherwise the task is in error (<c>data</c> / <c>inner-task-rejected</c>).
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "The SDK alone throws it.")]
public sealed class InnerTaskRejectedException : TaskErrorException
{
    internal const string InnerTaskRejected = "inner-task-rejected";

    internal InnerTaskRejectedException(AskedTask asked, BusinessError error)
        : base(
            ErrorCategory.Data,
            InnerTaskRejected,
            $"Step '{asked.Step}' ({asked.Operation}, task {asked.InnerId}) ended with the business error {error.Code}, which "
                + $"this operation does not declare: {error.Message}",
            retryable: false,
            innerException: null
        )
    {
        Step = asked.Step;
        Error = error;
    }

    /// <summary>The step that asked.</summary>
    public string Step { get; }

    /// <summary>Code, message and data of the business error.</summary>
    public BusinessError Error { get; }
}
