using System.Text.Json;

namespace Integration.ErrorTreatment.Api;

/// <summary>What an operator sends with an action.</summary>
/// <param name="By">Who; the header <c>By</c> says it as well.</param>
/// <param name="Reason">Why; needed for giving up.</param>
internal sealed record OperatorInput(string? By = null, string? Reason = null)
{
    private const int LongestReason = 2000;
    private const int LongestBy = 200;

    /// <summary>Reads the body; an empty one says nothing.</summary>
    public static async Task<(OperatorInput? Input, IResult? Problem)> ReadAsync(HttpContext context)
    {
        OperatorInput input;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            input =
                body.Length == 0
                    ? new OperatorInput()
                    : JsonSerializer.Deserialize(body.ToArray(), ApiJson.Default.OperatorInput) ?? new OperatorInput();
        }
        catch (JsonException e)
        {
            return Wrong("body", $"The body is no JSON object with 'by' and 'reason': {e.Message}");
        }
        catch (BadHttpRequestException e)
        {
            return Wrong("body", e.Message);
        }

        var by = input.By ?? context.Request.Headers["By"].ToString();
        if (by.Length > LongestBy)
            return Wrong("by", $"'by' has {by.Length} characters; it may have {LongestBy}.");
        if (input.Reason?.Length > LongestReason)
            return Wrong("reason", $"'reason' has {input.Reason.Length} characters; it may have {LongestReason}.");
        return (input with { By = by.Length == 0 ? null : by }, null);
    }

    private static (OperatorInput? Input, IResult? Problem) Wrong(string field, string detail) =>
        (null, Problems.BadField(field, detail));
}
