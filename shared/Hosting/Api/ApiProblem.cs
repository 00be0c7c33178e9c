using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>Answers to requests that cannot be met: problem details (RFC 9457) that name the field and the way out.</summary>
public static class ApiProblem
{
    /// <summary>400: a field of the body, a parameter of the query or a header.</summary>
    /// <param name="field">Its name, e.g. <c>limit</c> or <c>variables.order.id</c>; <c>body</c> for all of it.</param>
    /// <param name="detail">What is wrong, and what to send instead.</param>
    public static IResult BadField(string field, string detail) =>
        Field(StatusCodes.Status400BadRequest, field, detail);

    /// <summary>The same with another status.</summary>
    public static IResult Field(int status, string field, string detail) =>
        Results.Problem(
            detail,
            statusCode: status,
            title: $"\"{field}\" is missing or wrong.",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["field"] = field }
        );

    /// <summary>Anything else.</summary>
    public static IResult Of(int status, string title, string detail) =>
        Results.Problem(detail, statusCode: status, title: title);

    internal static IResult TooLarge(long limit) =>
        Field(
            StatusCodes.Status413PayloadTooLarge,
            "body",
            $"At most {limit} bytes are taken. Pass larger content by reference."
        );
}
