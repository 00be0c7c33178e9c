using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>
/// What every adapter promises. Each inherits these tests, so that whoever uses <see cref="IBus"/> cannot tell them apart.
/// </summary>
public abstract partial class BusContract : IAsyncLifetime
{
    private IBus? _bus;

    /// <summary>Started, on a broker that no other test uses.</summary>
    protected IBus Bus => _bus ?? throw new InvalidOperationException("The bus was not started.");

    protected abstract BusOptions Options { get; }

    /// <summary>The broker's user, whose name every message bears; null where there is none.</summary>
    protected virtual string? User => null;

    public async ValueTask InitializeAsync()
    {
        _bus = Create();
        await _bus.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected IBus Create(string service = "tests") => Buses.Create(Options, service);

    /// <summary>What was published, as it arrives.</summary>
    protected MessageProperties Delivered(OutgoingMessage message) => message.Properties with { UserId = User };

    protected static Pipe TaskPipe(string queue, params IEnumerable<string> patterns) =>
        new(queue, [.. patterns.Select(pattern => new Binding(Exchanges.Tasks, pattern))]);

    /// <summary>The pipe behind one of the two last exchanges.</summary>
    protected static Pipe LastResort(string exchange) => new(exchange, [new Binding(exchange, "#")]);

    private protected async Task<Received> ReceiveAsync(Pipe pipe, Func<Delivery, Settlement>? answer = null)
    {
        var received = new Received(answer);
        await Bus.SubscribeAsync(pipe, received.HandleAsync, CancellationToken.None);
        return received;
    }

    protected Task PublishAsync(OutgoingMessage message) =>
        Bus.PublishAsync(message, TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience);
}
