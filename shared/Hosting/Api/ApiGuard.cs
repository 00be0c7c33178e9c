using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>
/// Stands in front of every route of every service: where a request comes from, what it asks for, and that each answer to a wrong
/// one is a 4xx with problem details. Behind it stand who calls (<see cref="CallerHandler"/>) and what is sent
/// (<see cref="BodyGuard"/>).
/// </summary>
internal sealed class ApiGuard(RequestDelegate next, CallerCheck caller, ILogger<ApiGuard> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (Refusal(context) is { } refusal)
                await refusal.ExecuteAsync(context);
            else
                await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ApiProblem.Field(e.StatusCode, "request", e.Message).ExecuteAsync(context);
        }
        catch (CallerUnverifiableException e) when (!context.Response.HasStarted)
        {
            log.LogWarning(e, "{Method} {Path} was not answered.", context.Request.Method, context.Request.Path);
            await ApiProblem
                .Of(
                    StatusCodes.Status503ServiceUnavailable,
                    "Who calls cannot be found out now.",
                    $"{e.Message} The log of the service says more. Try again."
                )
                .ExecuteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
            await ApiProblem
                .Of(
                    StatusCodes.Status500InternalServerError,
                    "The request failed here.",
                    "Nothing is wrong with the request. The log of the service says more, and /health/ready what is missing; try again."
                )
                .ExecuteAsync(context);
        }

        await StatusProblem.ExplainAsync(context);
    }

    private IResult? Refusal(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var isHealth = endpoint?.Metadata.GetMetadata<HealthRoute>() is not null;
        if (caller.Refusal(context.Request, isHealth) is { } stranger)
            return stranger;
        // Without a route (404) or with the wrong method (405) there is nothing to compare parameters with.
        var shape = endpoint?.Metadata.GetMetadata<RequestShape>() ?? RequestShape.Nothing;
        var query = endpoint is RouteEndpoint && !isHealth ? shape.Query : null;
        if (TargetCheck.Refusal(context.Request, query?.Select(parameter => parameter.Name).ToList()) is { } target)
            return target;
        return !isHealth && context.RequestServices.GetService<Readiness>() is { Started: false }
            ? ApiProblem.Of(
                StatusCodes.Status503ServiceUnavailable,
                "Not ready",
                "The service is starting or stopping; /health/ready says what is missing. Try again."
            )
            : null;
    }
}

/// <summary>Marks what a probe asks.</summary>
internal sealed class HealthRoute;
