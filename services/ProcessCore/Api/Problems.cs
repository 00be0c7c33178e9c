using Integration.ProcessCore.Bpmn;

namespace Integration.ProcessCore.Api;

/// <summary>Answers to requests that cannot be met: <c>application/problem+json</c>, naming the way out.</summary>
internal static class Problems
{
    public static IResult NotFound(string what, string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: $"There is no such {what}.");

    public static IResult Conflict(string detail) =>
        Results.Problem(
            detail,
            statusCode: StatusCodes.Status409Conflict,
            title: "The process instance does not allow this now."
        );

    public static IResult Refused(IReadOnlyList<Problem> problems) =>
        Results.Problem(
            string.Join(' ', problems.Select(problem => $"{problem.Element}: {problem.Reason}")),
            statusCode: StatusCodes.Status422UnprocessableEntity,
            title: "The definition is not taken.",
            extensions: new Dictionary<string, object?> { ["problems"] = problems }
        );
}
