using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Incidents: list, retry.</summary>
internal static class IncidentRoutes
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/incidents", ListAsync);
        routes.MapPost("/incidents/{id}/retry", RetryAsync);
    }

    /// <param name="before">Id of an instance: lists those of older instances.</param>
    /// <param name="limit">Instances at most.</param>
    private static async Task<IResult> ListAsync(
        string? before,
        int? limit,
        Queries queries,
        CancellationToken cancellation
    ) =>
        limit is < 1 or > 1000
            ? Problems.BadRequest("limit", "Use a number from 1 to 1000.")
            : Results.Ok(await queries.IncidentsAsync(before, limit ?? 100, cancellation));

    private static async Task<IResult> RetryAsync(string id, InstanceWriter writer, CancellationToken cancellation) =>
        TaskIds.TryParse(id, out var instanceId, out var key)
            ? await InstanceRoutes.DoAsync(instanceId, new RetryIncident(key), writer, cancellation)
            : Problems.NotFound("incident", "GET /incidents lists them.");
}
