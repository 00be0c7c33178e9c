using System.Diagnostics.Metrics;
using Integration.Bus;
using Integration.ErrorTreatment.Scheduling;
using Integration.ErrorTreatment.Sending;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Telemetry;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;
using Integration.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.ErrorTreatment.Tests;

/// <summary>One replica of error treatment on a database, driven step by step.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public Replica(IDatabase database, TestBus bus, FakeTimeProvider clock, TreatmentOptions? options = null)
    {
        options ??= new TreatmentOptions();
        Database = database;
        Bus = bus;
        Clock = clock;
        var alarms = new Alarms(clock);
        var service = new ServiceDescription("error-treatment");
        var treatment = new Treatment(
            new TreatmentTable(options, new FixedRandom(0.5)),
            new Dispatch(new EventMessages(service.Name, clock), service, clock),
            options,
            clock
        );
        var metrics = new TreatmentMetrics(_meters.GetRequiredService<IMeterFactory>());
        Ledger = new Ledger(
            database,
            new FailureTables(database, clock),
            treatment,
            new Aftermath(alarms, metrics, NullLogger<Aftermath>.Instance),
            clock
        );
        Queries = new FailureQueries(database);
        Publishing = new Publishing(bus, database, alarms, options, clock, NullLogger<Publishing>.Instance);
        Schedule = new Schedule(Ledger, database, alarms, clock);
        Retention = new Retention(database, options, clock);
    }

    public IDatabase Database { get; }
    public TestBus Bus { get; }
    public FakeTimeProvider Clock { get; }
    public Ledger Ledger { get; }
    public FailureQueries Queries { get; }
    public Publishing Publishing { get; }
    public Schedule Schedule { get; }
    public Retention Retention { get; }

    public async Task<AppliedStep> TakeAsync(Occurrence occurrence) =>
        await Ledger.SubmitAsync(occurrence, TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, treats what is due, publishes what follows.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Schedule.RoundAsync(TestContext.Current.CancellationToken);
        await Publishing.RoundAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Publishing.Dispose();
        await _meters.DisposeAsync();
    }
}
