using System.Collections.Concurrent;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>A handler that keeps what it gets, in order of arrival, and answers what the test wants.</summary>
internal sealed class Received(Func<Delivery, Settlement>? answer = null)
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();

    public IReadOnlyList<Delivery> All => [.. _deliveries];

    public IReadOnlyList<string> RoutingKeys => [.. _deliveries.Select(delivery => delivery.RoutingKey)];

    public Task<Settlement> HandleAsync(Delivery delivery, CancellationToken cancellation)
    {
        _deliveries.Enqueue(delivery);
        return Task.FromResult(answer?.Invoke(delivery) ?? Settlement.Acknowledge);
    }

    public async Task<IReadOnlyList<Delivery>> WaitForAsync(int count)
    {
        await Eventually.TrueAsync(() => _deliveries.Count >= count, what: $"{count} deliveries");
        return All;
    }

    public async Task<Delivery> FirstAsync() => (await WaitForAsync(1))[0];
}
