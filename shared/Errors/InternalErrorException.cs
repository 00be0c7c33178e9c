using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>A fault of the service itself. Retried a few times.</summary>
/// <param name="code">Kebab case, stable, e.g. <c>unhandled-exception</c>.</param>
/// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
/// <param name="innerException">What caused it; logged, not sent.</param>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public sealed class InternalErrorException(string code, string message, Exception? innerException = null)
    : TaskErrorException(ErrorCategory.Internal, code, message, retryable: true, innerException);
