namespace Integration.Rest.Request;

/// <summary>An answer that the process wants to know about as a BPMN error.</summary>
/// <param name="Code">Code of the BPMN error, e.g. <c>BLACKLISTED</c>.</param>
/// <param name="Message">One sentence for a person; has a default that names the status.</param>
/// <param name="Status">Statuses that mean it; any when absent.</param>
/// <param name="When">What the answer must say; anything when absent. One of the two must be there.</param>
public sealed record DeclaredError(
    string Code,
    string? Message = null,
    StatusRange? Status = null,
    AnswerCondition? When = null
);
