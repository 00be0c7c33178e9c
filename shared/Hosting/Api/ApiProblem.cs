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

    /// <summary>404: what the path names is not there.</summary>
    /// <param name="what">E.g. <c>process instance</c>.</param>
    /// <param name="wayOut">Where to look for what is there.</param>
    public static IResult NotFound(string what, string wayOut) =>
        Of(StatusCodes.Status404NotFound, $"There is no such {what}.", wayOut);

    /// <summary>409: it is there, and does not allow this in the state that it is in.</summary>
    /// <param name="action">What was asked for, as the last part of the path has it.</param>
    /// <param name="detail">Why not, and what is possible instead.</param>
    /// <param name="more">Further fields, for programs.</param>
    public static IResult Conflict(string action, string detail, params (string Name, object? Value)[] more) =>
        Of(StatusCodes.Status409Conflict, $"'{action}' is not possible now.", detail, more);

    /// <summary>Problem details with any other status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="title">The same for every answer of its kind.</param>
    /// <param name="detail">What is wrong with this request, and the way out.</param>
    /// <param name="more">Further fields, for programs; those without a value are left out.</param>
    public static IResult Of(int status, string title, string detail, params (string Name, object? Value)[] more) =>
        Results.Problem(
            detail,
            statusCode: status,
            title: title,
            extensions: more.Where(field => field.Value is not null)
                .ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)
        );

    internal static IResult TooLarge(long limit) =>
        Field(
            StatusCodes.Status413PayloadTooLarge,
            "body",
            $"At most {limit} bytes are taken. Pass larger content by reference."
        );
}
