using Integration.Bus;
using Integration.Fixtures;
using Integration.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.ErrorTreatment.Tests;

public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("treatment");
    private readonly LogLines _log = new();
    private FailingDatabase _database = null!;
    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync()
    {
        var file = new StorageOptions { ConnectionString = $"Data Source={_folder.Combine("treatment.db")}" };
        _database = new FailingDatabase(DatabaseFactory.Create(file, "error-treatment"));
        _treatment = await RunningTreatment.StartAsync(
            ["--Logging:LogLevel:Default=Information"],
            _folder,
            configure: services =>
                services
                    .AddSingleton<IDatabase>(_database)
                    .AddLogging(logging => logging.ClearProviders().AddProvider(_log))
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _treatment.DisposeAsync();
        await _database.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_error_is_not_acknowledged_before_it_is_stored()
    {
        _database.IsAway = true;
        var taken = _treatment.TakeAsync(Events.Errored(Events.Task("patient"), Events.Access));
        await Eventually.TrueAsync(async () =>
            !(await _treatment.Client.GetAsync("/health/ready")).IsSuccessStatusCode
        );
        taken.IsCompleted.ShouldBeFalse();

        _database.IsAway = false;

        (await taken).ShouldBe(Settlement.Acknowledge);
        (await _treatment.StateAsync("patient")).ShouldBe("parked");
    }

    [Fact]
    public async Task However_much_waits_for_the_database_it_is_told_once_and_when_it_is_back()
    {
        _database.IsAway = true;
        var taken = Enumerable
            .Range(0, 5)
            .Select(i => _treatment.TakeAsync(Events.Errored(Events.Task($"waiting-{i}"), Events.Access)))
            .ToList();
        await Eventually.TrueAsync(() => _database.Refusals >= 12);
        _log.Count("cannot be stored yet (The database is away.)").ShouldBe(1, _log.Text);
        _database.IsAway = false;

        (await Task.WhenAll(taken)).ShouldAllBe(settlement => settlement == Settlement.Acknowledge);
        _log.Count("What comes from the queues is stored again, after").ShouldBeGreaterThan(0, _log.Text);
    }

    [Fact]
    public async Task What_a_working_database_does_not_take_stays_visible_in_the_broker()
    {
        _database.RefusesWrites = true;

        var settlement = await _treatment.TakeAsync(Events.Errored(Events.Task("refused"), Events.Access));

        settlement.ShouldBe(Settlement.DeadLetter);
    }

    [Fact]
    public async Task The_last_queue_keeps_what_cannot_be_stored_until_it_can()
    {
        _database.RefusesWrites = true;
        var taken = _treatment.Bus.DeliverAsync(
            "integration.dead",
            _treatment.Messages.Of(Events.Task("last-resort")),
            new Death("delivery_limit", "integration.rest")
        );
        // As long as another queue takes to give up.
        await _treatment.TakeAsync(Events.Errored(Events.Task("refused"), Events.Access));
        taken.IsCompleted.ShouldBeFalse();

        _database.RefusesWrites = false;

        (await taken).ShouldBe(Settlement.Acknowledge);
    }
}
