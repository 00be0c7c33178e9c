using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>
/// Stands in front of every route of every service: who calls, what stands in the request, and that each answer to a wrong one is
/// a 4xx with problem details.
/// </summary>
internal sealed class ApiGuard(
    RequestDelegate next,
    CallerCheck caller,
    IOptions<ApiOptions> options,
    ILogger<ApiGuard> log
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (await RefusalAsync(context) is { } refusal)
                await refusal.ExecuteAsync(context);
            else
                await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ApiProblem.Field(e.StatusCode, "request", e.Message).ExecuteAsync(context);
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

    private async Task<IResult?> RefusalAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var isHealth = endpoint?.Metadata.GetMetadata<HealthRoute>() is not null;
        if (caller.Refusal(context.Request, isHealth) is { } stranger)
            return stranger;
        // Without a route (404) or with the wrong method (405) there is nothing to compare parameters and body with.
        var known = endpoint is RouteEndpoint;
        var shape = endpoint?.Metadata.GetMetadata<RequestShape>() ?? RequestShape.Nothing;
        if (TargetCheck.Refusal(context.Request, known && !isHealth ? shape.Query : null) is { } target)
            return target;
        if (!known)
            return null;
        if (!isHealth && context.RequestServices.GetService<Readiness>() is { Started: false })
            return ApiProblem.Of(
                StatusCodes.Status503ServiceUnavailable,
                "Not ready",
                "The service is starting or stopping; /health/ready says what is missing. Try again."
            );
        return MediaCheck.Refusal(context.Request, shape)
            ?? await BodyReading.ReadAsync(context, shape, options.Value.BodyTimeout);
    }
}

/// <summary>Marks what a probe asks.</summary>
internal sealed class HealthRoute;
