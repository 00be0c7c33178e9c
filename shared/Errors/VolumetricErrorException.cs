using System.Diagnostics.CodeAnalysis;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>Too much. Parked for an operator unless <see cref="TaskErrorException.Retryable"/> is set, as for 429.</summary>
/// <param name="code">Kebab case, stable, e.g. <c>answer-too-large</c>.</param>
/// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
/// <param name="innerException">What caused it; logged, not sent.</param>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public sealed class VolumetricErrorException(string code, string message, Exception? innerException = null)
    : TaskErrorException(ErrorCategory.Volumetric, code, message, retryable: false, innerException);
