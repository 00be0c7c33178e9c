using Integration.Bus;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>The outbox of the engine. The writer publishes what it has committed; what is left over is looked for now and then.</summary>
internal sealed class Outgoing : IRecurringWork, IServiceComponent, IDisposable
{
    // Rarely needed, and each look costs a query.
    private const int PollsBetweenLooks = 10;

    private readonly IBus _bus;
    private readonly ServiceDescription _service;
    private readonly CoreOptions _options;
    private readonly TimeProvider _time;
    private DateTimeOffset _nextLook = DateTimeOffset.MinValue;

    public Outgoing(
        IBus bus,
        IDatabase database,
        ServiceDescription service,
        CoreOptions options,
        TimeProvider time,
        ILogger<Outgoing> log
    )
    {
        _bus = bus;
        _service = service;
        _options = options;
        _time = time;
        Outbox = new Outbox<OutboxRow, string>(OutboxRow.Table, database, PublishAsync, options.OutboxLease, time, log);
    }

    public string Name => "Publishing";

    public Outbox<OutboxRow, string> Outbox { get; }

    public Task StartAsync(CancellationToken cancellation) => Outbox.TakeOverAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => Outbox.StopAsync(cancellation);

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        await Outbox.SettleAsync(cancellation);
        if (now >= _nextLook)
        {
            await Outbox.PublishWaitingAsync(cancellation);
            _nextLook = now + _options.PollInterval * PollsBetweenLooks;
        }

        return now + _options.PollInterval;
    }

    public void Dispose() => Outbox.Dispose();

    private Task PublishAsync(OutboxRow row, CancellationToken cancellation) =>
        _bus.PublishAsync(row.ToMessage(_service.Name), cancellation);
}
