using System.Text.Json;

namespace Integration.Contracts;

/// <summary>A technical failure, reported so that a person can act on it and a program can treat it.</summary>
/// <param name="Category">Decides the default treatment.</param>
/// <param name="Code">Stable and machine-readable, kebab case, e.g. <c>connection-refused</c>; see <see cref="ErrorCodes"/>.</param>
/// <param name="Message">One sentence for an operator: what happened, to which target or field, and the way out. Never a secret.</param>
/// <param name="Status">
/// 400–499: authentication or request status of the external system; 500–599: its failure; negative: an exception in
/// the operation's own logic; absent when there was no answer.
/// </param>
/// <param name="Retryable">Whether the same request can succeed later without a change.</param>
/// <param name="RetryAfter">Seconds that the target asked to wait, measured from the moment of the error.</param>
/// <param name="Target">Host and port, or the name, of what was called.</param>
/// <param name="Details">Anything else worth keeping, e.g. the start of the answer's body.</param>
public sealed record ErrorInfo(
    ErrorCategory Category,
    string Code,
    string Message,
    int? Status = null,
    bool Retryable = false,
    double? RetryAfter = null,
    string? Target = null,
    JsonElement? Details = null
);
