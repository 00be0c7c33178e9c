using Integration.Hosting;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Incidents: list, retry.</summary>
internal static class IncidentRoutes
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/incidents", ListAsync)
            .For(ApiRole.Viewer)
            .TakesQuery(Paging.After, CorePaging.Before, Paging.Limit)
            .WithSummary("Lists open incidents, those of the youngest instance first. Pages count instances.")
            .Produces<IReadOnlyList<IncidentAnswer>>();
        routes
            .MapPost("/incidents/{id}/retry", RetryAsync)
            .For(ApiRole.Operator)
            .TakesJson(typeof(NoFields), optional: true)
            .WithSummary("Has what led to an incident done again.")
            .Produces<InstanceAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Queries queries, CancellationToken cancellation)
    {
        var query = new QueryReading(context.Request.Query);
        var after = CorePaging.Read(query);
        var limit = query.Number(Paging.Limit);
        if (query.Problem is { } problem)
            return problem;
        var (incidents, next) = await queries.IncidentsAsync(after, limit, cancellation);
        context.LinkNext(next);
        return Results.Ok(incidents);
    }

    private static async Task<IResult> RetryAsync(
        string id,
        HttpRequest request,
        InstanceWriter writer,
        CancellationToken cancellation
    )
    {
        var (_, problem) = await request.ReadOptionalJsonAsync<NoFields>();
        if (problem is not null)
            return problem;
        return TaskIds.TryParse(id, out var instanceId, out var key)
            ? await InstanceRoutes.DoAsync(
                instanceId,
                "retry",
                new RetryIncident(key) { By = Caller.Of(request.HttpContext).Name },
                writer,
                cancellation
            )
            : ApiProblem.NotFound("incident", "GET /incidents lists them.");
    }
}
