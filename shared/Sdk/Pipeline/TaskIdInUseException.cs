using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>The request has the id of another one of the same engine. Its own, and none that an operation throws.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
internal sealed class TaskIdInUseException(string message)
    : TaskErrorException(ErrorCategory.Data, ErrorCodes.TaskIdInUse, message, retryable: false, innerException: null);
