using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>The target refused us, or a guard did. Parked for an operator.</summary>
/// <param name="code">Kebab case, stable, e.g. <c>unauthorised</c>.</param>
/// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
/// <param name="innerException">What caused it; logged, not sent.</param>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public sealed class AccessErrorException(string code, string message, Exception? innerException = null)
    : TaskErrorException(ErrorCategory.Access, code, message, retryable: false, innerException);
