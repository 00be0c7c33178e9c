using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>
/// An outcome that the process wants to know about, such as "on the black list": goes straight to the engine, which
/// raises a BPMN error with the same code.
/// </summary>
/// <param name="code">As the process catches it, e.g. <c>BLACKLISTED</c>.</param>
/// <param name="message">One sentence for a person.</param>
/// <param name="data">What the process may map from.</param>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public sealed class BusinessErrorException(string code, string message, JsonElement? data = null)
    : TaskErrorException(ErrorCategory.Business, code, message, retryable: false, innerException: null)
{
    /// <summary>What the process may map from.</summary>
    public new JsonElement? Data { get; } = data;
}
