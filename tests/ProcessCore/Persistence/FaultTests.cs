using Integration.Bus;
using Integration.Fixtures;
using Integration.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>One instance or a database that does not work, and what goes on all the same.</summary>
public sealed class FaultTests : CoreTest
{
    [Fact]
    public async Task An_instance_that_cannot_be_read_does_not_stop_the_timers_of_others()
    {
        await using var core = await StartAsync("--Core:PollInterval=00:00:00.1");
        await core.DeployAsync(new Drawing().Start().CatchTimer("Wait", "PT1S").End().Flow("Start", "Wait", "End"));
        var broken = await core.BeginAsync();
        await core.ExecuteAsync($"update instances set state = cast('{{}}' as blob) where id = '{broken}'");
        var sound = await core.BeginAsync();

        await core.EndedAsync(sound);
    }

    [Fact]
    public async Task One_command_that_cannot_be_done_does_not_spoil_the_group_it_shares()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => core.BeginAsync()));
        await RequestedAsync(20);
        var broken = Bus.Requests[0].Process!.InstanceId;
        await core.ExecuteAsync($"update instances set state = cast('{{}}' as blob) where id = '{broken}'");

        // What cannot be done is reported to error treatment.
        foreach (var result in Bus.Requests.Select(task => Bus.CompleteAsync(task)).ToList())
            (await result).ShouldBe(Settlement.Acknowledge);

        (await core.GetAsync("/instances?state=completed")).GetArrayLength().ShouldBe(19);
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_once_and_when_it_is_back()
    {
        using var log = new LogLines();
        await using var database = new FailingDatabase(
            DatabaseFactory.Create(new StorageOptions { ConnectionString = Database }, "process-core")
        );
        await using var core = await Core.StartAsync(
            Database,
            Bus,
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Services.AddSingleton<IDatabase>(database);
            }
        );
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);

        database.IsAway = true;
        var taken = Bus.CompleteAsync(Bus.Requests[0]);
        // The event several times, and the timers more than once.
        await Eventually.TrueAsync(() => database.Refusals >= 10 && log.Count("is due does not work") > 0);
        taken.IsCompleted.ShouldBeFalse();
        log.Count("The database does not take events (The database is away.)").ShouldBe(1, log.Text);
        log.Count("Looking for what is due does not work (The database is away.)").ShouldBe(1, log.Text);
        database.IsAway = false;

        (await taken).ShouldBe(Settlement.Acknowledge);
        await core.EndedAsync(instance);
        log.Count("The database takes events again, after").ShouldBe(1, log.Text);
        await Eventually.TrueAsync(() => log.Count("Looking for what is due works again, after") == 1);
    }

    [Fact]
    public async Task A_timer_goes_on_with_the_trace_that_the_instance_began_in()
    {
        const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing()
                .Start()
                .CatchTimer("Wait", "PT0.1S")
                .Service("Call")
                .End()
                .Flow("Start", "Wait", "Call", "End")
        );
        var start = Bus.Messages.Of(
            new Contracts.ProcessStart("order", System.Text.Json.JsonElement.Parse("{}"), "request-1")
        );

        await Bus.DeliverAsync(start with { Properties = start.Properties with { TraceParent = Trace } });

        await RequestedAsync(1);
        Bus.Published.Single().Properties.TraceParent.ShouldBe(Trace);
    }
}
