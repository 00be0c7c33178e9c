using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>The target could not be reached or did not answer. Retried.</summary>
/// <param name="code">Kebab case, stable, e.g. <c>connection-refused</c>.</param>
/// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
/// <param name="innerException">What caused it; logged, not sent.</param>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public sealed class ConnectivityErrorException(string code, string message, Exception? innerException = null)
    : TaskErrorException(ErrorCategory.Connectivity, code, message, retryable: true, innerException);
