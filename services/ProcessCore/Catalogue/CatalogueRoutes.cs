using System.Globalization;
using Integration.Hosting;

namespace Integration.ProcessCore.Catalogue;

/// <summary>What is deployed: the whole contracts of all operations.</summary>
internal static class CatalogueRoutes
{
    private static readonly QueryParameter _service = QueryParameter.Text(
        "service",
        "Only operations that this service has."
    );

    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/contracts", ListAsync)
            .For(ApiRole.Viewer)
            .TakesQuery(_service)
            .WithSummary("Lists the contracts of all operations that services have announced.")
            .Produces<IReadOnlyList<OperationAnswer>>();
        routes
            .MapGet("/contracts/{operation}/{version}", ShowAsync)
            .For(ApiRole.Viewer)
            .WithSummary("Shows the contract of an operation in a version.")
            .Produces<OperationAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request,
        CatalogueStore store,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var service = new QueryReading(request.Query).Text(_service);
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
            : ApiProblem.NotFound(
                "operation",
                versions.Count == 0
                    ? "No service has announced it. GET /contracts lists those that have been."
                    : $"It is there in version {string.Join(", ", versions.Select(one => one.Version))}."
            );
    }
}
