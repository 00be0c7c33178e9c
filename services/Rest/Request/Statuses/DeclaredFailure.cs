namespace Integration.Rest.Request;

/// <summary>An answer that is a technical failure, whatever its status says.</summary>
/// <param name="Category">Decides the treatment: connectivity, access, data or volumetric.</param>
/// <param name="Status">Statuses that mean it; any when absent.</param>
/// <param name="When">What the answer must say; anything when absent. One of the two must be there.</param>
/// <param name="Code">Stable, lower case words with hyphens. The default value is <c>declared-failure</c>.</param>
/// <param name="Message">One sentence for an operator. The default value names the status.</param>
/// <param name="Retryable">
/// Whether the same request can succeed later. True also says that the call had no effect, so that repeating it is safe. The
/// default value is true for connectivity, otherwise false.
/// </param>
public sealed record DeclaredFailure(
    FailureCategory Category,
    StatusRange? Status = null,
    AnswerCondition? When = null,
    string? Code = null,
    string? Message = null,
    bool? Retryable = null
);
