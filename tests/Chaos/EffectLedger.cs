using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integration.Chaos.Tests;

/// <summary>
/// The far end: an external system that counts. It knows nothing of tasks; it sees requests, and remembers what each of
/// them did. A reservation honours its idempotency key, a payment is made every time somebody asks.
/// </summary>
public sealed class EffectLedger : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _reservationCalls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _reservations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _payments = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly Random _random = new(4711);

    private EffectLedger(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Effects of reservations by order: keys with which the order was reserved.</summary>
    public int ReservationsOf(string order) => _reservations.Count(pair => pair.Value == order);

    public int PaymentsOf(string order) => _payments.GetValueOrDefault(order);

    public IReadOnlyDictionary<string, int> ReservationsByOrder =>
        _reservations.Values.GroupBy(order => order, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count());

    public IReadOnlyDictionary<string, int> Payments => _payments;

    /// <summary>Calls beyond the first with the same key: repeats that would have doubled an effect elsewhere.</summary>
    public int RepeatedReservations => _reservationCalls.Values.Sum(calls => calls - 1);

    public static async Task<EffectLedger> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var ledger = new EffectLedger(builder.Build());
        ledger._app.MapPost("/reservations", (RequestDelegate)ledger.ReserveAsync);
        ledger._app.MapPost("/payments", (RequestDelegate)ledger.PayAsync);
        await ledger._app.StartAsync();
        return ledger;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReserveAsync(HttpContext context)
    {
        var order = await OrderAsync(context);
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        await HesitateAsync();
        _reservationCalls.AddOrUpdate(key, 1, (_, calls) => calls + 1);
        _reservations.TryAdd(key, order);
        await HesitateAsync();
        await AnswerAsync(context, order);
    }

    private async Task PayAsync(HttpContext context)
    {
        var order = await OrderAsync(context);
        await HesitateAsync();
        _payments.AddOrUpdate(order, 1, (_, payments) => payments + 1);
        await HesitateAsync();
        await AnswerAsync(context, order);
    }

    // Time for a killer to strike between request and effect, and between effect and answer: some calls are always in flight.
    private Task HesitateAsync()
    {
        int milliseconds;
        lock (_random)
            milliseconds = _random.Next(0, 120);
        return Task.Delay(milliseconds);
    }

    private static async Task<string> OrderAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        return body.RootElement.GetProperty("order").GetString()!;
    }

    private static Task AnswerAsync(HttpContext context, string order)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { order, done = true }));
    }
}
