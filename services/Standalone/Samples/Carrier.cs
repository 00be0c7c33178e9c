using System.Collections.Concurrent;

namespace Integration.Standalone.Samples;

/// <summary>The destination that is overloaded the first two times that it hears of an order, and asks to wait a second.</summary>
internal static class Carrier
{
    private const int Failures = 2;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var calls = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        routes.MapPost(
            "/orders",
            (Order order, HttpRequest request, HttpResponse response, Ledger ledger) =>
            {
                if (calls.AddOrUpdate(order.Id, 1, (_, before) => before + 1) > Failures)
                    return ledger.Do(request, "carrier", order.Id, number => new { reference = $"SHIPMENT-{number}" });

                response.Headers.RetryAfter = "1";
                return Results.Json(new { error = "overloaded" }, statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        );
    }
}
