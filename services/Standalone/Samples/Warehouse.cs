namespace Integration.Standalone.Samples;

/// <summary>The destination that does not know the article until an operator adds it: nothing that a retry could help.</summary>
internal static class Warehouse
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var repaired = false;
        routes.MapPost(
            "/repair",
            () =>
            {
                Volatile.Write(ref repaired, true);
                return new { repaired = true };
            }
        );
        routes.MapPost(
            "/orders",
            (Order order, HttpRequest request, Ledger ledger) =>
                Volatile.Read(ref repaired)
                    ? ledger.Do(request, "warehouse", order.Id, number => new { reference = $"PICK-{number}" })
                    : Results.Json(
                        new { error = $"unknown article {order.Article}" },
                        statusCode: StatusCodes.Status422UnprocessableEntity
                    )
        );
    }
}
