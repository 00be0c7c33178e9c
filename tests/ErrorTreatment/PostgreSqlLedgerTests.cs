using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Fixtures;
using Integration.Storage;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Integration.ErrorTreatment.Tests;

/// <summary>On a real server, where several replicas may work at once.</summary>
public sealed class PostgreSqlLedgerTests(PostgreSqlServer server) : LedgerContract
{
    private string _connectionString = "";

    /// <inheritdoc />
    protected override async Task PrepareAsync() => _connectionString = await server.CreateDatabaseAsync();

    /// <inheritdoc />
    protected override IDatabase Open() =>
        DatabaseFactory.Create(
            new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = _connectionString },
            "error-treatment"
        );

    [Fact]
    public async Task Two_replicas_send_each_due_retry_once()
    {
        var two = Start();
        await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(i => One.TakeAsync(Events.Read(Events.Task($"t{i}"), Events.Connectivity())))
        );

        Clock.Advance(TimeSpan.FromSeconds(3));
        await Task.WhenAll(One.PassAsync(TimeSpan.Zero), two.PassAsync(TimeSpan.Zero));
        await Task.WhenAll(One.PassAsync(TimeSpan.Zero), two.PassAsync(TimeSpan.Zero));

        var sent = Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested);
        sent.Select(task => task.TaskId).Distinct().Count().ShouldBe(300);
        sent.Count.ShouldBe(300);
        sent.ShouldAllBe(task => task.Attempt == 2);
    }

    [Fact]
    public async Task Two_replicas_that_get_the_same_errors_make_one_failure_of_each()
    {
        var two = Start();
        var errors = Enumerable
            .Range(0, 100)
            .Select(i => Events.Read(Events.Task($"t{i}"), Events.Connectivity()))
            .ToList();

        await Task.WhenAll(errors.Select(One.TakeAsync).Concat(Enumerable.Reverse(errors).Select(two.TakeAsync)));

        var counts = await One.Queries.CountAsync(new FailureFilter(), TestContext.Current.CancellationToken);
        counts[FailureState.Retrying.Name()].ShouldBe(100);
        counts.Values.Sum().ShouldBe(100);
    }

    [Fact]
    public async Task Two_operators_on_two_replicas_send_one_attempt()
    {
        var two = Start();
        var parked = await One.TakeAsync(Events.Read(Events.Task("t1"), Events.Access));

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => (i % 2 == 0 ? One : two).TakeAsync(new RetryAsked(parked.Failure!.Id, $"{i}")))
        );

        outcomes.Count(outcome => outcome.Step == Step.Send).ShouldBe(1);
    }
}
