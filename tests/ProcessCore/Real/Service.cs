using System.Collections.Concurrent;
using Integration.Bus;
using Integration.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.ProcessCore.Tests.Real;

/// <summary>A stand-in for integration services on the real broker: answers every task and counts.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly IBus _bus;
    private readonly EventMessages _messages = new("test", TimeProvider.System);

    private Service(IBus bus) => _bus = bus;

    /// <summary>How often each task was asked for.</summary>
    public ConcurrentDictionary<string, int> Seen { get; } = new();

    public static async Task<Service> StartAsync(Uri uri, Func<TaskRequested, object>? outputs = null)
    {
        var service = new Service(Connect(uri));
        await service._bus.StartAsync(CancellationToken.None);
        await service._bus.SubscribeAsync(
            new Pipe("integration.test", [new Binding(Exchanges.Tasks, "#")]) { Prefetch = 256 },
            (delivery, cancellation) => service.AnswerAsync(delivery, outputs ?? (_ => new { }), cancellation),
            CancellationToken.None
        );
        return service;
    }

    public static IBus Connect(Uri uri) =>
        BusFactory.Create(new BusOptions { Uri = uri }, "test", NullLoggerFactory.Instance, TimeProvider.System);

    public Task PublishAsync(OutgoingMessage message) => _bus.PublishAsync(message, CancellationToken.None);

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    private async Task<Settlement> AnswerAsync(
        Delivery delivery,
        Func<TaskRequested, object> outputs,
        CancellationToken cancellation
    )
    {
        delivery
            .TryRead(ContractJson.Default.TaskRequested, Limits.Body, out var task, out var error)
            .ShouldBeTrue(error?.Message);
        Seen.AddOrUpdate(task!.TaskId, 1, (_, count) => count + 1);
        await _bus.PublishAsync(_messages.Of(TestBus.Completed(task, outputs(task))), cancellation);
        return Settlement.Acknowledge;
    }
}
