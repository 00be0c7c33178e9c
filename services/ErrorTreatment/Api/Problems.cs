using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Api;

/// <summary>Errors of the API as problem details (RFC 9457); each says what to do instead.</summary>
internal static class Problems
{
    public static IResult BadField(string field, string detail) =>
        Results.Problem(
            detail,
            statusCode: StatusCodes.Status400BadRequest,
            title: $"'{field}' is wrong",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["field"] = field }
        );

    public static IResult NotFound(string id) =>
        Results.Problem(
            $"There is no failure '{id}'. GET /failures lists them; closed ones are forgotten after Treatment:KeepClosed.",
            statusCode: StatusCodes.Status404NotFound,
            title: "No such failure"
        );

    public static IResult Conflict(Failure failure, string action) =>
        Results.Problem(
            $"The failure is in state '{failure.State.Name()}' ({failure.Reason}). {WayOut.Of(failure)}",
            statusCode: StatusCodes.Status409Conflict,
            title: $"'{action}' is not possible now",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["state"] = failure.State.Name(),
                ["possible"] = FailureView.PossibleFor(failure),
            }
        );

    public static IResult Starting() =>
        Results.Problem(
            "The service is starting or stopping; /health/ready says what is missing. Try again.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Not ready"
        );

    public static IResult ForeignSite() =>
        Results.Problem(
            "The request comes from a web page of another site. Call this API from a program, or from a page on the same site.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "Foreign site"
        );
}
