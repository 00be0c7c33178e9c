using Integration.Hosting;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Incidents: list, retry.</summary>
internal static class IncidentRoutes
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/incidents", ListAsync).TakesQuery("before", "limit");
        routes.MapPost("/incidents/{id}/retry", RetryAsync).TakesJson(Contracts.Limits.Body);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Queries queries, CancellationToken cancellation)
    {
        var query = new QueryReading(request.Query);
        // Id of an instance: lists those of older instances.
        var before = query.Id("before", "Use the id of a process instance.");
        // Of instances.
        var limit = query.Limit("limit", usual: 100, most: 1000);
        return query.Problem ?? Results.Ok(await queries.IncidentsAsync(before, limit, cancellation));
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
            ? await InstanceRoutes.DoAsync(instanceId, new RetryIncident(key), writer, cancellation)
            : Problems.NotFound("incident", "GET /incidents lists them.");
    }
}
