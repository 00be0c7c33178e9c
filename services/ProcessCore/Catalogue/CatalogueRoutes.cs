using System.Globalization;
using Integration.Hosting;
using Integration.ProcessCore.Api;

namespace Integration.ProcessCore.Catalogue;

/// <summary>What is deployed: the whole contracts of all operations.</summary>
internal static class CatalogueRoutes
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contracts", ListAsync).TakesQuery("service");
        routes.MapGet("/contracts/{operation}/{version}", ShowAsync);
    }

    /// <param name="service">Only operations that this service has.</param>
    private static async Task<IResult> ListAsync(
        string? service,
        CatalogueStore store,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var operations = CatalogueView.Of(await store.ReadAsync(cancellation), time.GetUtcNow());
        return Results.Ok(
            operations.Where(operation => service is null || operation.OfferedBy.Any(offer => offer.Service == service))
        );
    }

    private static async Task<IResult> ShowAsync(
        string operation,
        string version,
        CatalogueStore store,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return ApiProblem.BadField("version", "Use a whole number from 1, e.g. /contracts/rest.request/1.");
        var all = CatalogueView.Of(await store.ReadAsync(cancellation), time.GetUtcNow());
        var versions = all.Where(one => one.Name == operation).ToList();
        return versions.Find(one => one.Version == number) is { } found
            ? Results.Ok(found)
            : Problems.NotFound(
                "operation",
                versions.Count == 0
                    ? "No service has announced it. GET /contracts lists those that have been."
                    : $"It is there in version {string.Join(", ", versions.Select(one => one.Version))}."
            );
    }
}
