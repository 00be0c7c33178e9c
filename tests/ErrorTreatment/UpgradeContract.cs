using Dapper;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Fixtures;
using Integration.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Integration.ErrorTreatment.Tests;

/// <summary>A database of the release before under this one, on every database.</summary>
public abstract class UpgradeContract : IAsyncLifetime
{
    private IDatabase _database = null!;

    private protected abstract Task<IDatabase> OpenAsync();

    private protected TestBus Bus { get; } = new();
    private protected Replica One { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        await PreviousRelease.CreateAsync(_database);
        await AddAsync("t1", "parked", "engine");
        await AddAsync("nameless", "parked", replyTo: null);
        await _database.MigrateAsync(Schema.Component, Schema.Migrations, CancellationToken.None);
        One = new Replica(
            _database,
            Bus,
            new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero))
        );
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await One.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_failure_of_the_release_before_is_found_shown_and_sent_again()
    {
        var failure = await FindAsync("engine");
        failure.TaskId.ShouldBe("t1");

        await One.TakeAsync(new RetryAsked(failure.Id, "anna"));
        await One.PassAsync(TimeSpan.Zero);

        var sent = Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested).ShouldHaveSingleItem();
        sent.Attempt.ShouldBe(2);
        sent.ReplyTo.ShouldBe("engine");
        await One.TakeAsync(new Answered("t1", "done", "engine"));
        (await FindAsync("t1")).State.ShouldBe(FailureState.Resolved);
    }

    [Theory]
    [InlineData("t1", "engine", true)]
    [InlineData("t1", "other", false)]
    [InlineData("nameless", "engine", true)]
    [InlineData("nameless", "other", true)]
    public async Task An_error_meets_a_failure_of_the_release_before_of_the_same_or_an_unknown_engine(
        string taskId,
        string engine,
        bool meets
    )
    {
        var before = (await FindAsync(taskId)).Id;

        var outcome = await One.TakeAsync(
            Events.Read(Events.Task(taskId, attempt: 2) with { ReplyTo = engine }, Events.Access)
        );

        (outcome.Failure!.Id == before).ShouldBe(meets);
    }

    [Theory]
    [InlineData("engine")]
    [InlineData("other")]
    public async Task A_withdrawal_of_the_release_before_is_of_any_engine(string engine)
    {
        var outcome = await One.TakeAsync(
            Events.Read(Events.Task("withdrawn") with { ReplyTo = engine }, Events.Access)
        );

        outcome.State.ShouldBe(FailureState.Cancelled);
    }

    [Fact]
    public async Task A_replica_of_the_release_before_finds_what_this_one_has_stored()
    {
        await One.TakeAsync(Events.Read(Events.Task("t2"), Events.Access));
        await One.TakeAsync(new Withdrawn("t3", "The engine no longer waits.", "engine"));

        (await ReadAsync(transaction => PreviousRelease.FindAsync(transaction, "t2"))).ShouldBe("parked");
        (await ReadAsync(transaction => PreviousRelease.WithdrawalAsync(transaction, "t3"))).ShouldNotBeNull();
        (await AddAsync("t2", "parked", "engine")).ShouldBe(0, "it must not make a second failure of it");
    }

    [Fact]
    public async Task This_release_finds_what_a_replica_of_the_release_before_stores_meanwhile()
    {
        await AddAsync("t4", "sent", "engine");
        await ReadAsync(transaction =>
            transaction.Connection!.ExecuteAsync(
                "insert into withdrawals (task_id, reason, at) values ('t5', 'gone', 1) on conflict (task_id) do nothing",
                transaction: transaction
            )
        );

        await One.TakeAsync(new Answered("t4", "done", "engine"));
        var withdrawn = await One.TakeAsync(Events.Read(Events.Task("t5"), Events.Access));

        (await FindAsync("t4")).State.ShouldBe(FailureState.Resolved);
        withdrawn.State.ShouldBe(FailureState.Cancelled);
    }

    private Task<int> AddAsync(string taskId, string state, string? replyTo) =>
        ReadAsync(transaction => PreviousRelease.AddAsync(transaction, taskId, state, replyTo));

    private Task<T> ReadAsync<T>(Func<System.Data.Common.DbTransaction, Task<T>> work) =>
        _database.WriteAsync(work, CancellationToken.None);

    private async Task<Failure> FindAsync(string text) =>
        (await One.Queries.ListAsync(new FailureFilter { Text = text }, CancellationToken.None)).ShouldHaveSingleItem();
}

/// <summary>On a file.</summary>
public sealed class SqliteUpgradeTests : UpgradeContract
{
    private readonly TemporaryFolder _folder = new("treatment");

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override Task<IDatabase> OpenAsync() =>
        Task.FromResult(
            DatabaseFactory.Create(
                new StorageOptions { ConnectionString = $"Data Source={_folder.Combine("treatment.db")}" },
                "error-treatment"
            )
        );
}

/// <summary>On a real server, where replicas of both releases may work at once.</summary>
public sealed class PostgreSqlUpgradeTests(PostgreSqlServer server) : UpgradeContract
{
    private protected override async Task<IDatabase> OpenAsync() =>
        DatabaseFactory.Create(
            new StorageOptions
            {
                Provider = StorageProvider.PostgreSql,
                ConnectionString = await server.CreateDatabaseAsync(),
            },
            "error-treatment"
        );
}
