using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests.Pipeline;

public sealed class TargetTests
{
    private static readonly ConnectivityErrorException _refused = new("connection-refused", "Nothing listens.");

    private readonly ExternalSystem _external = new();

    [Fact]
    public async Task Tasks_wait_for_a_target_that_is_down_and_go_on_by_themselves_when_it_is_back()
    {
        _external.Behaviour = (_, _) => Task.FromException(_refused);
        await using var service = await StartAsync("--Targets:JudgedAfter=2");
        (await CallAsync(service)).Error!.ShouldStartWith("connectivity connection-refused");
        (await CallAsync(service)).Error!.ShouldStartWith("connectivity connection-refused");

        var waiting = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => BeginAsync(service)));
        await WaitingAsync(service, 5);
        (await CallAsync(service, "other.example:443")).Error!.ShouldStartWith("connectivity connection-refused");
        _external.Calls.ShouldBe(3);

        // Still down when it is tried: one attempt is spent on that, and the pause is twice as long.
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        await WaitingAsync(service, 4);
        await Eventually.TrueAsync(() => _external.Calls == 4);
        service.Clock.Advance(TimeSpan.FromSeconds(6));
        _external.Calls.ShouldBe(4);

        _external.Behaviour = null;
        await Eventually.TrueAsync(() =>
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            return waiting.All(answer => answer.IsCompleted);
        });
        var answers = await Task.WhenAll(waiting);
        answers.Count(answer => answer.Completed is not null).ShouldBe(4);
    }

    [Fact]
    public async Task A_target_that_refuses_what_it_is_asked_is_not_down()
    {
        _external.Behaviour = (_, _) => Task.FromException(new DataErrorException("refused", "No such order."));
        await using var service = await StartAsync("--Targets:JudgedAfter=2");
        for (var i = 0; i < 10; i++)
            (await CallAsync(service)).Error!.ShouldStartWith("data refused");
    }

    [Fact]
    public async Task No_more_calls_are_under_way_to_one_target_than_it_is_allowed()
    {
        var goOn = new TaskCompletionSource();
        _external.Behaviour = (_, _) => goOn.Task;
        await using var service = await StartAsync(
            "--Targets:CallsAtOnce=3",
            "--Targets:Named:slow:Target=SLOW.example:443",
            "--Targets:Named:slow:CallsAtOnce=1"
        );

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => BeginAsync(service)));
        var slow = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => BeginAsync(service, "slow.example:443")));
        await WaitingAsync(service, 6);
        // A task stops waiting just before its call.
        await Eventually.TrueAsync(() => _external.Calls == 4);
        goOn.SetResult();

        (await Task.WhenAll(answers.Concat(slow))).ShouldAllBe(answer => answer.Completed != null);
    }

    [Fact]
    public async Task No_more_calls_begin_in_a_second_than_a_target_is_allowed()
    {
        await using var service = await StartAsync("--Targets:CallsPerSecond=5");
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => BeginAsync(service)));

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Completed != null);
        // The first begins at once, and may find the next fifth of a second nearly over.
        System.Diagnostics.Stopwatch.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.7));
    }

    [Fact]
    public async Task A_deadline_that_passes_while_a_task_waits_leaves_no_doubt()
    {
        await using var service = await WithTargetDownAsync();
        var waiting = await BeginAsync(
            service,
            once: true,
            change: request => request with { Deadline = service.Clock.GetUtcNow().AddSeconds(3) }
        );
        await WaitingAsync(service, 1);
        service.Clock.Advance(TimeSpan.FromSeconds(4));

        var error = (await waiting).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe(ErrorCodes.DeadlinePassed);
        error.Message.ShouldContain("waited for its target");
        _external.Effects.ShouldBe(0);
    }

    [Fact]
    public async Task A_task_that_is_withdrawn_while_it_waits_is_not_begun()
    {
        await using var service = await WithTargetDownAsync();
        var request = Request(once: true);
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, task => answer = task);
        await WaitingAsync(service, 1);
        await service.CancelAsync(request, "No longer wanted.");

        (await answer!).Failed.ShouldNotBeNull().Error.Message.ShouldBe("No longer wanted.");
    }

    [Fact]
    public async Task After_the_longest_wait_the_attempt_is_made_whatever_comes_of_it()
    {
        await using var service = await WithTargetDownAsync(
            "--Targets:Pause=00:01:00",
            "--Targets:LongestWait=00:00:03"
        );
        var waiting = await BeginAsync(service);
        await WaitingAsync(service, 1);
        _external.Calls.ShouldBe(2);
        service.Clock.Advance(TimeSpan.FromSeconds(3.5));

        (await waiting).Error!.ShouldStartWith("connectivity connection-refused");
        _external.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_target_that_is_down_is_not_forgotten_for_all_those_that_are_called_meanwhile()
    {
        await using var service = await WithTargetDownAsync();
        var targets = service.Services.GetRequiredService<Targets>();
        targets.RememberedAtMost = 3;
        _external.Behaviour = null;
        for (var i = 0; i < 10; i++)
            (await CallAsync(service, $"other{i}.example:443")).Completed.ShouldNotBeNull();
        targets.Count.ShouldBe(3);

        var calls = _external.Calls;
        var waiting = await BeginAsync(service);
        await WaitingAsync(service, 1);
        _external.Calls.ShouldBe(calls);
        service.Clock.Advance(TimeSpan.FromSeconds(6));
        (await waiting).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_calls_under_way_to_a_target_count_however_many_others_are_called_meanwhile()
    {
        var goOn = new TaskCompletionSource();
        _external.Behaviour = (_, _) => goOn.Task;
        await using var service = await StartAsync("--Targets:CallsAtOnce=1");
        service.Services.GetRequiredService<Targets>().RememberedAtMost = 3;
        var first = await BeginAsync(service);
        await Eventually.TrueAsync(() => _external.Calls == 1);
        var others = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(n => BeginAsync(service, $"other{n}.example:443"))
        );
        await Eventually.TrueAsync(() => _external.Calls == 6);

        var second = await BeginAsync(service);
        await WaitingAsync(service, 1);
        _external.Calls.ShouldBe(6);
        goOn.SetResult();

        (await Task.WhenAll([first, second, .. others])).ShouldAllBe(answer => answer.Completed != null);
    }

    [Fact]
    public void A_rate_is_kept_as_it_is_set_and_never_exceeded()
    {
        foreach (var rate in Enumerable.Range(1, 2_000).Append(100_000))
        {
            var options = Target.Rate(rate);
            var perSecond = options.TokensPerPeriod / options.ReplenishmentPeriod.TotalSeconds;
            perSecond.ShouldBeInRange(rate * 0.98, rate, $"{rate} calls per second");
            options.TokenLimit.ShouldBe(options.TokensPerPeriod);
        }
    }

    [Fact]
    public async Task A_task_that_waited_begins_with_the_whole_time_of_an_attempt()
    {
        await using var service = await WithTargetDownAsync("--Pipeline:ExecutionLimit=00:00:04");
        var waiting = await BeginAsync(service);
        await WaitingAsync(service, 1);
        _external.Reset();
        _external.Behaviour = (_, cancellation) => Task.Delay(TimeSpan.FromSeconds(3), service.Clock, cancellation);
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        await _external.Reached.Task;
        service.Clock.Advance(TimeSpan.FromSeconds(3.5));

        (await waiting).Completed.ShouldNotBeNull();
    }

    private async Task<ServiceHarness> WithTargetDownAsync(params string[] args)
    {
        _external.Behaviour = (_, _) => Task.FromException(_refused);
        var service = await StartAsync(["--Targets:JudgedAfter=2", .. args]);
        await CallAsync(service);
        await CallAsync(service);
        return service;
    }

    private Task<ServiceHarness> StartAsync(params string[] args) => SampleService.StartAsync(_external, args);

    private static TaskRequested Request(string target = "api.example:443", bool once = false) =>
        ServiceHarness.Request("sample.call", new { target, once });

    private static Task<TaskAnswer> CallAsync(ServiceHarness service, string target = "api.example:443") =>
        service.SendAsync(Request(target));

    // The task is wrapped, as it is not to be awaited here.
    private static async Task<Task<TaskAnswer>> BeginAsync(
        ServiceHarness service,
        string target = "api.example:443",
        bool once = false,
        Func<TaskRequested, TaskRequested>? change = null
    )
    {
        Task<TaskAnswer>? answer = null;
        var request = Request(target, once);
        await service.BeginAsync(change?.Invoke(request) ?? request, task => answer = task);
        return answer!;
    }

    private static Task WaitingAsync(ServiceHarness service, int tasks) =>
        Eventually.TrueAsync(() => service.Services.GetRequiredService<Targets>().Waiting == tasks);
}
