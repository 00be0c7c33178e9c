using System.Collections.Concurrent;
using System.Data.Common;
using Integration.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Storage.Tests;

public abstract partial class DatabaseContract
{
    private static readonly TimeSpan _lease = TimeSpan.FromHours(1);

    /// <summary>Ids that the database counts, as error treatment has them.</summary>
    private static readonly OutboxTable<Letter> _letters = new(
        "leased_until",
        ["body"],
        reader => new Letter(reader.GetInt64(0), reader.GetString(1))
    )
    {
        Name = "letters",
        CountsIds = true,
    };

    /// <summary>Ids that the writer brings, as the process core has them.</summary>
    private static readonly OutboxTable<Parcel> _parcels = new(
        "lease_until",
        ["sent_by"],
        reader => new Parcel(reader.GetString(0), reader.GetString(1), 0)
    )
    {
        Name = "parcels",
    };

    private readonly ConcurrentQueue<string> _broker = new();

    private Task MakeOutboxesAsync() =>
        Database.MigrateAsync(
            "outboxes",
            [
                new Migration(
                    1,
                    """
                    create table letters (id {identity}, body text not null, leased_until bigint not null);
                    create table parcels (id text not null primary key, sent_by text not null, lease_until bigint not null);
                    """
                ),
            ],
            Cancellation
        );

    private Outbox<Letter, long> Letters(
        IDatabase? database = null,
        Func<Letter, CancellationToken, Task>? publish = null,
        TimeProvider? time = null,
        TimeSpan? lease = null
    ) =>
        new(
            _letters,
            database ?? Database,
            publish
                ?? (
                    (letter, _) =>
                    {
                        _broker.Enqueue($"{letter.Id} {letter.Body}");
                        return Task.CompletedTask;
                    }
                ),
            lease ?? _lease,
            time ?? TimeProvider.System,
            NullLogger.Instance
        );

    private async Task WriteLettersAsync(params string[] bodies)
    {
        await MakeOutboxesAsync();
        await Database.WriteAsync(
            async transaction =>
            {
                await _letters.AddAsync(
                    Database,
                    transaction,
                    [.. bodies.Select(body => new Letter(0, body))],
                    Cancellation
                );
                return true;
            },
            Cancellation
        );
    }

    private Task<long> LeftAsync(string table = "letters") => ReadAsync<long>($"select count(*) from {table}");

    [Fact]
    public async Task What_is_in_the_outbox_goes_out_in_its_order_and_leaves_when_it_is_confirmed()
    {
        await WriteLettersAsync([.. Enumerable.Range(1, 1100).Select(number => $"letter {number}")]);
        using var outbox = Letters();

        (await outbox.PublishWaitingAsync(Cancellation)).ShouldBe(1100);

        _broker.ShouldBe(Enumerable.Range(1, 1100).Select(number => $"{number} letter {number}"));
        (await LeftAsync()).ShouldBe(0);
        (await outbox.PublishWaitingAsync(Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_rolled_back_is_never_published()
    {
        await MakeOutboxesAsync();
        using var outbox = Letters();

        await Should.ThrowAsync<InvalidOperationException>(() =>
            Database.WriteAsync<bool>(
                async transaction =>
                {
                    await _letters.AddAsync(Database, transaction, [new Letter(0, "regret")], Cancellation);
                    throw new InvalidOperationException("Not after all.");
                },
                Cancellation
            )
        );

        (await outbox.PublishWaitingAsync(Cancellation)).ShouldBe(0);
        _broker.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_crash_left_between_publish_and_removal_is_published_again_with_the_same_id()
    {
        await MakeOutboxesAsync();
        var parcel = new Parcel("m-1", "first run", DateTimeOffset.UtcNow.Add(_lease).ToUnixTimeMilliseconds());
        await Database.WriteAsync(
            async transaction =>
            {
                await _parcels.AddAsync(Database, transaction, [parcel], Cancellation);
                return true;
            },
            Cancellation
        );
        using (var first = Parcels("one", TimeProvider.System))
        {
            first.Publish([parcel]);
            await Eventually.TrueAsync(() => !_broker.IsEmpty);
            // Dies here: it was never told that the broker has it.
        }

        var later = new Later(_lease + TimeSpan.FromMinutes(1));
        using var next = Parcels("two", Database.Dialect.Shared ? later : TimeProvider.System);
        await next.TakeOverAsync(Cancellation);
        await next.PublishWaitingAsync(Cancellation);

        _broker.ShouldBe(["one: m-1 of first run", "two: m-1 of first run"]);
        (await LeftAsync("parcels")).ShouldBe(0);
    }

    [Fact]
    public async Task What_its_writer_publishes_from_memory_is_left_to_it_until_its_lease_is_over()
    {
        await MakeOutboxesAsync();
        var parcel = new Parcel("m-1", "writer", DateTimeOffset.UtcNow.Add(_lease).ToUnixTimeMilliseconds());
        using var writer = Parcels("writer", TimeProvider.System);
        await Database.WriteAsync(
            async transaction =>
            {
                await _parcels.AddAsync(Database, transaction, [parcel], Cancellation);
                return true;
            },
            Cancellation
        );
        using var other = Parcels("other", TimeProvider.System);
        (await other.PublishWaitingAsync(Cancellation)).ShouldBe(0);

        writer.Publish([parcel]);
        await Eventually.TrueAsync(() => !_broker.IsEmpty);
        await writer.StopAsync(Cancellation);

        _broker.ShouldHaveSingleItem().ShouldBe("writer: m-1 of writer");
        (await LeftAsync("parcels")).ShouldBe(0);
    }

    [Fact]
    public async Task While_one_process_publishes_another_does_not_publish_the_same()
    {
        await WriteLettersAsync("a", "b", "c");
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var one = Letters(
            publish: async (letter, _) =>
            {
                _broker.Enqueue($"{letter.Id} {letter.Body}");
                begun.TrySetResult();
                await confirm.Task;
            }
        );
        using var two = Letters(Open());

        var publishing = one.PublishWaitingAsync(Cancellation);
        await begun.Task.WaitAsync(Cancellation);
        (await two.PublishWaitingAsync(Cancellation)).ShouldBe(0);
        confirm.SetResult();

        (await publishing).ShouldBe(3);
        _broker.ShouldBe(["1 a", "2 b", "3 c"]);
    }

    [Fact]
    public async Task Processes_that_look_at_the_same_moment_share_what_there_is()
    {
        await WriteLettersAsync([.. Enumerable.Range(1, 1500).Select(number => $"letter {number}")]);
        using var one = Letters();
        using var two = Letters(Open());

        var counts = await Task.WhenAll(
            Task.Run(() => one.PublishWaitingAsync(Cancellation)),
            Task.Run(() => two.PublishWaitingAsync(Cancellation))
        );

        // One that saw only what the other had locked has left it to that one.
        counts.Sum().ShouldBe(1500);
        _broker.Distinct(StringComparer.Ordinal).Count().ShouldBe(1500);
        _broker.Count.ShouldBe(1500);
        (await LeftAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task While_the_broker_is_away_a_round_gives_up_before_its_lease_ends_and_hands_everything_back()
    {
        await WriteLettersAsync("a", "b");
        using (
            var waiting = Letters(
                publish: (_, ending) => Task.Delay(Timeout.InfiniteTimeSpan, ending),
                lease: TimeSpan.FromMilliseconds(50)
            )
        )
        {
            var error = await Should.ThrowAsync<IOException>(() => waiting.PublishWaitingAsync(Cancellation));
            error.Message.ShouldBe("Messages are not confirmed by the broker: not within 00:00:00.0400000");
        }

        (await LeftAsync()).ShouldBe(2);
        using var back = Letters();
        (await back.PublishWaitingAsync(Cancellation)).ShouldBe(2);
        _broker.ShouldBe(["1 a", "2 b"]);
    }

    [Fact]
    public async Task What_the_broker_refuses_does_not_hold_up_what_was_written_with_it()
    {
        await WriteLettersAsync("a", "forbidden", "c");
        using var outbox = Letters(
            publish: (letter, _) =>
            {
                if (letter.Body == "forbidden")
                    throw new UnauthorizedAccessException("Not for us.");
                _broker.Enqueue($"{letter.Id} {letter.Body}");
                return Task.CompletedTask;
            }
        );

        var error = await Should.ThrowAsync<IOException>(() => outbox.PublishWaitingAsync(Cancellation));

        error.Message.ShouldEndWith("Not for us.");
        _broker.ShouldBe(["1 a", "3 c"]);
        (await ReadAsync<string>("select body from letters")).ShouldBe("forbidden");
        (await ReadAsync<long>("select leased_until from letters")).ShouldBe(0);
    }

    [Fact]
    public async Task What_did_not_get_out_from_memory_is_handed_back_and_tried_by_the_next_round()
    {
        await MakeOutboxesAsync();
        var parcel = new Parcel("m-1", "us", DateTimeOffset.UtcNow.Add(_lease).ToUnixTimeMilliseconds());
        await Database.WriteAsync(
            async transaction =>
            {
                await _parcels.AddAsync(Database, transaction, [parcel], Cancellation);
                return true;
            },
            Cancellation
        );
        var refuses = true;
        using var outbox = new Outbox<Parcel, string>(
            _parcels,
            Database,
            (one, _) =>
            {
                if (refuses)
                    throw new IOException("No channel.");
                _broker.Enqueue(one.Id);
                return Task.CompletedTask;
            },
            _lease,
            TimeProvider.System,
            NullLogger.Instance
        );

        outbox.Publish([parcel]);
        refuses = false;

        (await outbox.PublishWaitingAsync(Cancellation)).ShouldBe(1);
        _broker.ShouldBe(["m-1"]);
    }

    [Fact]
    public async Task What_follows_from_a_confirm_is_written_with_the_removal_or_not_at_all()
    {
        await WriteLettersAsync("a");
        var fails = true;
        using var outbox = new Outbox<Letter, long>(
            _letters,
            Database,
            (_, _) => Task.CompletedTask,
            _lease,
            TimeProvider.System,
            NullLogger.Instance
        )
        {
            Removing = async (transaction, letters) =>
            {
                await Database.ExecuteManyAsync(
                    transaction,
                    "insert into notes (id) values (@Body)",
                    letters,
                    Cancellation
                );
                if (fails)
                    throw new InvalidOperationException("Not now.");
            },
        };

        await Should.ThrowAsync<InvalidOperationException>(() => outbox.PublishWaitingAsync(Cancellation));
        (await LeftAsync()).ShouldBe(1);
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(0);
        fails = false;
        await outbox.SettleAsync(Cancellation);

        (await LeftAsync()).ShouldBe(0);
        (await ReadAsync<long>("select count(*) from notes where id = 'a'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_outbox_stops_although_the_database_is_away_and_its_messages_go_out_once_more()
    {
        await WriteLettersAsync("a");
        await using var database = new FailingDatabase(Open());
        using var outbox = Letters(
            database,
            (letter, _) =>
            {
                _broker.Enqueue($"{letter.Id} {letter.Body}");
                database.IsAway = true;
                return Task.CompletedTask;
            }
        );
        await Should.ThrowAsync<DbException>(() => outbox.PublishWaitingAsync(Cancellation));

        await outbox.StopAsync(Cancellation);

        using var next = Letters(time: new Later(_lease + TimeSpan.FromMinutes(1)));
        (await next.PublishWaitingAsync(Cancellation)).ShouldBe(1);
        _broker.ShouldBe(["1 a", "1 a"]);
    }

    private Outbox<Parcel, string> Parcels(string process, TimeProvider time) =>
        new(
            _parcels,
            Database,
            (parcel, _) =>
            {
                _broker.Enqueue($"{process}: {parcel.Id} of {parcel.SentBy}");
                return Task.CompletedTask;
            },
            _lease,
            time,
            NullLogger.Instance
        );

    private sealed record Letter(long Id, string Body) : IOutboxEntry<long>
    {
        public long LeasedUntil => 0;
    }

    private sealed record Parcel(string Id, string SentBy, long LeasedUntil) : IOutboxEntry<string>;

    /// <summary>The clock of a process that runs later.</summary>
    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
