using Integration.Hosting;

namespace Integration.ErrorTreatment.Api;

/// <summary>What an operator sends with an action.</summary>
/// <param name="By">Who, by their own word; the header <c>By</c> says it as well.</param>
/// <param name="Reason">Why; needed for giving up.</param>
internal sealed record OperatorInput(string? By = null, string? Reason = null)
{
    private const int LongestReason = 2000;
    private const int LongestBy = 200;

    /// <summary>Reads the body; an empty one says nothing.</summary>
    public static async Task<(OperatorInput? Input, IResult? Problem)> ReadAsync(HttpContext context)
    {
        var (sent, problem) = await context.Request.ReadOptionalJsonAsync<OperatorInput>();
        if (problem is not null)
            return (null, problem);
        var input = sent ?? new OperatorInput();
        var by = input.By ?? context.Request.Headers["By"].ToString();
        if (by.Length > LongestBy)
            return Wrong("by", $"'by' has {by.Length} characters; it may have {LongestBy}.");
        if (input.Reason?.Length > LongestReason)
            return Wrong("reason", $"'reason' has {input.Reason.Length} characters; it may have {LongestReason}.");
        if (by.Contains('\0', StringComparison.Ordinal))
            return Wrong("by", "'by' has a control character (U+0000). Leave it out.");
        if (input.Reason?.Contains('\0', StringComparison.Ordinal) == true)
            return Wrong("reason", "'reason' has a control character (U+0000). Leave it out.");
        return (input with { By = by.Length == 0 ? null : by }, null);
    }

    private static (OperatorInput? Input, IResult? Problem) Wrong(string field, string detail) =>
        (null, ApiProblem.BadField(field, detail));
}
