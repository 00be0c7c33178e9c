using System.Diagnostics;
using Integration.Fixtures;

namespace Integration.Chaos.Tests;

/// <summary>
/// Thousands of tasks while services, core, treatment and broker are killed at random. The short version runs with all
/// tests; the long one is in docs/explanation/reliability.md.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const string Broker = "broker";
    private static readonly string[] _victims = [.. Cluster.Services, Broker];

    // Rest more often than the others: what it has in flight when it dies is what can be doubled.
    private static readonly string[] _prey =
    [
        .. _victims,
        Cluster.Core,
        Cluster.Treatment,
        .. Enumerable.Repeat(Cluster.Rest, 4),
    ];
    private static readonly TimeSpan _settling = TimeSpan.FromMinutes(5);
    private readonly ChaosSettings _settings = ChaosSettings.FromEnvironment();

    [Fact]
    public async Task Nothing_is_lost_and_no_effect_is_doubled_while_everything_is_killed_at_random()
    {
        Say(
            $"{_settings.Instances} instances, {_settings.Duration.TotalSeconds:F0} s of chaos, CHAOS_SEED={_settings.Seed}"
        );
        await using var ledger = await EffectLedger.StartAsync();
        await using var cluster = await Cluster.StartAsync();
        await cluster.ReadyAsync();
        await using var witness = await FinalEvents.StartAsync(cluster.Broker);
        await cluster.OnDiskAsync(FinalEvents.Queue);
        using var api = new Api(cluster);
        await api.DeployAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "chaos.bpmn")));

        var started = Stopwatch.GetTimestamp();
        var orders = Enumerable.Range(1, _settings.Instances).Select(number => $"order-{number}").ToList();
        await Task.WhenAll(StartAllAsync(api, ledger.Url, orders), WreakHavocAsync(cluster));
        Say($"Chaos is over after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s.");
        await cluster.ReadyAsync();

        await SettledAsync(api, cluster);
        var (repeated, givenUp) = await DecideDoubtsAsync(api, ledger);
        await SettledAsync(api, cluster);

        var completed = await api.InstancesAsync("completed");
        var cancelled = await api.InstancesAsync("cancelled");
        Say(
            $"""
            completed {completed.Count}, in doubt and decided by the operator: {repeated} repeated, {givenUp} given up
            kills: {string.Join(
                ", ",
                Cluster.Services.Select(service => $"{service} {cluster.KillsOf(service)}")
            )}; broker {cluster.BrokerRestarts}
            idempotent calls repeated with the same key: {ledger.RepeatedReservations}; final events seen: {witness.Events}
            settled after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s
            """
        );

        foreach (var service in Cluster.Services)
            cluster.KillsOf(service).ShouldBeGreaterThan(0, $"{service} was never killed, so nothing is proved");
        cluster.BrokerRestarts.ShouldBeGreaterThan(0, "the broker was never killed, so nothing is proved");

        completed
            .Concat(cancelled)
            .Select(instance => instance.Order)
            .Order(StringComparer.Ordinal)
            .ShouldBe(orders.Order(StringComparer.Ordinal), "an instance was lost or doubled");
        cancelled.Count.ShouldBe(givenUp);
        foreach (var order in orders)
        {
            ledger.ReservationsOf(order).ShouldBe(1, $"{order}: an idempotent effect was lost or doubled");
            ledger.PaymentsOf(order).ShouldBe(1, $"{order}: a once effect was lost or doubled");
        }

        await Eventually.TrueAsync(() => witness.ByTask.Count == 2 * orders.Count);
        foreach (var (task, finals) in witness.ByTask)
            finals.Count.ShouldBe(
                1,
                $"{task} was told to have ended in different ways: {string.Join("; ", finals.Keys)}"
            );
    }

    private async Task StartAllAsync(Api api, Uri ledger, IReadOnlyList<string> orders)
    {
        var pause = _settings.Duration / orders.Count;
        var began = Stopwatch.GetTimestamp();
        using var atOnce = new SemaphoreSlim(16);
        var starts = new List<Task>();
        for (var i = 0; i < orders.Count; i++)
        {
            var ahead = (pause * i) - Stopwatch.GetElapsedTime(began);
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead);
            await atOnce.WaitAsync();
            starts.Add(StartAsync(orders[i]));
        }

        await Task.WhenAll(starts);

        async Task StartAsync(string order)
        {
            try
            {
                await api.StartAsync(order, ledger);
            }
            finally
            {
                atOnce.Release();
            }
        }
    }

    private async Task WreakHavocAsync(Cluster cluster)
    {
        var random = new Random(_settings.Seed);
        var end = Stopwatch.GetTimestamp();
        var strikes = 0;
        while (Stopwatch.GetElapsedTime(end) < _settings.Duration || strikes < 8)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + (2 * random.NextDouble())));
            // Each victim in turn at first, so that even a short run has seen all of them; then by chance.
            var victim = strikes < _victims.Length ? _victims[strikes] : random.GetItems(_prey, 1)[0];
            strikes++;
            if (victim == Broker)
                await cluster.RestartBrokerAsync();
            else
                await cluster.KillAsync(victim);
        }
    }

    /// <summary>Waits until every instance has ended or waits for the operator, and nothing is on its way.</summary>
    private static Task SettledAsync(Api api, Cluster cluster) =>
        Eventually.PassesAsync(
            async () =>
            {
                await cluster.ReadyAsync();
                (await api.FailuresAsync("retrying")).ShouldBeEmpty();
                (await api.FailuresAsync("sent")).ShouldBeEmpty();
                var running = await api.InstancesAsync("running");
                running.Where(instance => instance.Incidents == 0).ShouldBeEmpty();
                await Task.Delay(500);
            },
            _settling
        );

    /// <summary>
    /// Does what an operator does with tasks in doubt: looks in the target system, repeats what did not happen, and
    /// gives up what did.
    /// </summary>
    private static async Task<(int Repeated, int GivenUp)> DecideDoubtsAsync(Api api, EffectLedger ledger)
    {
        var (repeated, givenUp) = (0, 0);
        foreach (var failure in await api.FailuresAsync("parked"))
        {
            failure.Category.ShouldBe("in-doubt", $"{failure.Order}/{failure.Element}: {failure.Message}");
            failure.Element.ShouldBe("Pay", "an idempotent task is never in doubt");
            if (ledger.PaymentsOf(failure.Order!) == 0)
            {
                repeated++;
                await api.RetryAsync(failure);
            }
            else
            {
                givenUp++;
                await api.GiveUpAsync(failure, "The payment was made; the process goes on by hand.");
            }
        }

        await Eventually.PassesAsync(
            async () => (await api.FailuresAsync("parked")).ShouldBeEmpty(),
            TimeSpan.FromSeconds(30)
        );
        var deadline = Stopwatch.GetTimestamp();
        var cancelled = 0;
        while (cancelled < givenUp)
        {
            foreach (var instance in await api.InstancesAsync("running"))
            {
                if (instance.Incidents > 0 && ledger.PaymentsOf(instance.Order) > 0)
                {
                    await api.CancelAsync(instance);
                    cancelled++;
                }
            }

            Stopwatch.GetElapsedTime(deadline).ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(200);
        }

        return (repeated, givenUp);
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        Console.WriteLine(text);
    }
}
