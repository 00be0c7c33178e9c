using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Bus;

namespace Integration.ErrorTreatment.Tests;

/// <summary>A bus under a test's control: what was published is kept, what comes in is handed over by the test.</summary>
internal sealed class TestBus : IBus
{
    private readonly ConcurrentDictionary<string, DeliveryHandler> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<OutgoingMessage> _published = new();

    /// <summary>Called before a message counts as published; may throw or wait.</summary>
    public Func<OutgoingMessage, CancellationToken, Task> OnPublish { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after a message was published, before the publisher knows.</summary>
    public Func<OutgoingMessage, Task> OnPublished { get; set; } = _ => Task.CompletedTask;

    public BusState State => BusState.Connected;

    public IReadOnlyList<OutgoingMessage> Published => [.. _published];

    public IReadOnlyCollection<string> Queues => [.. _handlers.Keys];

    public IReadOnlyList<T> Of<T>(string type, JsonTypeInfo<T> json) =>
        [
            .. _published
                .Where(message => message.Properties.Type == type)
                .Select(message => JsonSerializer.Deserialize(message.Body.Span, json)!),
        ];

    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        await OnPublish(message, cancellation);
        _published.Enqueue(message);
        await OnPublished(message);
    }

    public Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        _handlers[pipe.Queue] = handler;
        return Task.FromResult<ISubscription>(new Subscription());
    }

    public Task<Settlement> DeliverAsync(string queue, OutgoingMessage message, Death? death = null) =>
        _handlers[queue]
            (
                new Delivery(message.Exchange, message.RoutingKey, message.Properties, message.Body, Death: death),
                CancellationToken.None
            );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Subscription : ISubscription
    {
        public int InFlight => 0;

        public Task StopAsync(TimeSpan grace) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
