using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;

namespace Integration.Storage.Tests;

public abstract partial class DatabaseContract
{
    private readonly ConcurrentQueue<string[]> _groups = new();
    private readonly TaskCompletionSource _firstGroupBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstGroupMayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task An_idle_database_is_written_at_once()
    {
        await using var writes = Grouped();

        (await writes.SubmitAsync("a")).ShouldBe("a written");
        (await writes.SubmitAsync("b")).ShouldBe("b written");

        _groups.ShouldBe([
            ["a"],
            ["b"],
        ]);
    }

    [Fact]
    public async Task What_arrives_while_a_group_is_written_shares_the_next_in_order()
    {
        await using var writes = GroupedBehindAGate();
        var first = writes.SubmitAsync("first");
        await _firstGroupBegan.Task;

        var others = Enumerable.Range(0, 10).Select(i => writes.SubmitAsync($"{i}")).ToList();
        first.IsCompleted.ShouldBeFalse();
        _firstGroupMayGoOn.SetResult();

        (await Task.WhenAll(others)).ShouldBe(Enumerable.Range(0, 10).Select(i => $"{i} written"));
        (await first).ShouldBe("first written");
        _groups.ShouldBe([
            ["first"],
            Enumerable.Range(0, 10).Select(i => $"{i}").ToArray(),
        ]);
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(11);
    }

    [Fact]
    public async Task A_group_has_its_largest_size()
    {
        await using var writes = GroupedBehindAGate(largestGroup: 4);
        var first = writes.SubmitAsync("first");
        await _firstGroupBegan.Task;

        var others = Enumerable.Range(0, 10).Select(i => writes.SubmitAsync($"{i}")).ToList();
        _firstGroupMayGoOn.SetResult();

        await Task.WhenAll([first, .. others]);
        _groups.Select(group => group.Length).ShouldBe([1, 4, 4, 2]);
    }

    [Fact]
    public async Task A_bad_request_fails_alone()
    {
        await ExecuteAsync("insert into notes (id) values ('taken')");
        await using var writes = GroupedBehindAGate();
        var first = writes.SubmitAsync("first");
        await _firstGroupBegan.Task;

        var good = writes.SubmitAsync("good");
        var bad = writes.SubmitAsync("taken");
        var after = writes.SubmitAsync("after");
        _firstGroupMayGoOn.SetResult();

        await Should.ThrowAsync<DbException>(() => bad);
        (await Task.WhenAll(first, good, after)).ShouldBe(["first written", "good written", "after written"]);
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(4);
    }

    [Fact]
    public async Task A_request_cancelled_while_it_waits_is_not_written_and_its_neighbours_are()
    {
        using var changedMind = new CancellationTokenSource();
        await using var writes = GroupedBehindAGate();
        var first = writes.SubmitAsync("first", changedMind.Token);
        await _firstGroupBegan.Task;

        var cancelled = writes.SubmitAsync("cancelled", changedMind.Token);
        var neighbour = writes.SubmitAsync("neighbour");
        await changedMind.CancelAsync();
        _firstGroupMayGoOn.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await first).ShouldBe("first written");
        (await neighbour).ShouldBe("neighbour written");
        (await ReadAsync<long>("select count(*) from notes where id = 'cancelled'")).ShouldBe(0);
        await Should.ThrowAsync<OperationCanceledException>(() => writes.SubmitAsync("late", changedMind.Token));
    }

    [Fact]
    public async Task Disposing_writes_what_was_submitted_and_takes_no_more()
    {
        var writes = GroupedBehindAGate();
        var submitted = new List<Task> { writes.SubmitAsync("first") };
        await _firstGroupBegan.Task;
        submitted.AddRange(Enumerable.Range(0, 5).Select(i => writes.SubmitAsync($"{i}")));

        var disposing = writes.DisposeAsync().AsTask();
        await Should.ThrowAsync<ObjectDisposedException>(() => writes.SubmitAsync("late"));
        disposing.IsCompleted.ShouldBeFalse();
        _firstGroupMayGoOn.SetResult();
        await disposing;

        submitted.ShouldAllBe(task => task.IsCompletedSuccessfully);
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(6);
    }

    [Fact]
    public async Task A_group_answered_with_too_few_results_is_an_error_not_a_wait()
    {
        await using var writes = new GroupedWrites<string, string>(
            Database,
            (_, _, _) => Task.FromResult<IReadOnlyList<string>>([])
        );

        var error = await Should.ThrowAsync<InvalidOperationException>(() => writes.SubmitAsync("a"));

        error.Message.ShouldContain("1 requests was answered with 0");
    }

    [Fact]
    public async Task A_group_does_not_carry_the_trace_of_who_woke_the_writer()
    {
        Activity? seen = null;
        await using var writes = new GroupedWrites<string, string>(
            Database,
            async (_, requests, _) =>
            {
                await Task.Yield();
                seen = Activity.Current;
                return [.. requests];
            }
        );
        using var activity = new Activity("submitter").Start();

        await writes.SubmitAsync("a");

        seen.ShouldBeNull();
        Activity.Current.ShouldBe(activity);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Many_submitters_all_get_their_own_answer(int groupsInFlight)
    {
        await using var writes = Grouped(groupsInFlight: groupsInFlight);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async submitter =>
                {
                    await Task.Yield();
                    var own = new List<string>();
                    for (var i = 0; i < 50; i++)
                        own.Add(await writes.SubmitAsync($"{submitter}-{i}"));
                    return own;
                })
        );

        for (var submitter = 0; submitter < 16; submitter++)
            answers[submitter].ShouldBe(Enumerable.Range(0, 50).Select(i => $"{submitter}-{i} written"));
        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(800);
        _groups.Count.ShouldBeLessThan(800);
    }

    private GroupedWrites<string, string> Grouped(int largestGroup = 256, int groupsInFlight = 1) =>
        new(Database, ApplyAsync, largestGroup, groupsInFlight);

    private GroupedWrites<string, string> GroupedBehindAGate(int largestGroup = 256) =>
        new(
            Database,
            async (transaction, requests, cancellation) =>
            {
                _firstGroupBegan.TrySetResult();
                await _firstGroupMayGoOn.Task;
                return await ApplyAsync(transaction, requests, cancellation);
            },
            largestGroup
        );

    private async Task<IReadOnlyList<string>> ApplyAsync(
        DbTransaction transaction,
        IReadOnlyList<string> requests,
        CancellationToken cancellation
    )
    {
        _groups.Enqueue([.. requests]);
        await Database.ExecuteManyAsync(
            transaction,
            "insert into notes (id) values (@Id)",
            requests.Select(id => new Note(id)).ToList(),
            cancellation
        );
        return [.. requests.Select(id => $"{id} written")];
    }
}
