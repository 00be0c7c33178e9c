using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Api;

/// <summary>Errors of the API as problem details (RFC 9457); each says what to do instead.</summary>
internal static class Problems
{
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
}
