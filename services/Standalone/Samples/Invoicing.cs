namespace Integration.Standalone.Samples;

/// <summary>The destination that simply works.</summary>
internal static class Invoicing
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(
            "/orders",
            (Order order, HttpRequest request, Ledger ledger) =>
                ledger.Do(request, "invoicing", order.Id, number => new { reference = $"INVOICE-{number}" })
        );
}
