using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>It is not known whether the effect happened. Parked for an operator.</summary>
/// <param name="code">Kebab case, stable, e.g. <c>outcome-unknown</c>.</param>
/// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
/// <param name="innerException">What caused it; logged, not sent.</param>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public sealed class InDoubtErrorException(string code, string message, Exception? innerException = null)
    : TaskErrorException(ErrorCategory.InDoubt, code, message, retryable: false, innerException);
