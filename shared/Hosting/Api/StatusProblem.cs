using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>Says in words what routing has answered with a status alone.</summary>
internal static class StatusProblem
{
    public static Task ExplainAsync(HttpContext context)
    {
        var answer = context.Response;
        if (answer.HasStarted || answer.StatusCode < 400 || answer.ContentType is not null || answer.ContentLength > 0)
            return Task.CompletedTask;
        var problem = answer.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiProblem.Of(
                answer.StatusCode,
                "There is no such route.",
                "Compare the path with the reference page of the service."
            ),
            StatusCodes.Status405MethodNotAllowed => ApiProblem.Of(
                answer.StatusCode,
                "The route does not know this method.",
                $"Use {answer.Headers.Allow}."
            ),
            _ => ApiProblem.Of(
                answer.StatusCode,
                "The request is wrong.",
                "Compare it with the reference page of the service."
            ),
        };
        return problem.ExecuteAsync(context);
    }
}
