using System.Diagnostics;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Http.Tests;

public sealed class Retries
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData(Effect.Read)]
    [InlineData(Effect.Idempotent)]
    public async Task A_call_that_may_be_repeated_survives_two_resets(Effect effect)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            if (conversation.Number <= 2)
                conversation.Reset();
            else
                await conversation.WriteAsync(Ok);
        });
        using var outgoing = new Outgoing();
        (await outgoing.PostAsync(target.Uri, effect, "{}")).Status.ShouldBe(200);
        target.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task After_its_repetitions_a_call_fails_with_the_last_error()
    {
        await using var target = await HttpTarget.AnsweringAsync(503);
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Status.ShouldBe(503);
        error.Retryable.ShouldBeTrue();
        target.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task A_call_with_an_effect_of_once_is_not_repeated_after_it_was_sent(string? body)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.PostAsync(target.Uri, Effect.Once, body)
        );
        error.Code.ShouldBe("connection-lost");
        error.EffectUnknown.ShouldBeTrue();
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task Nor_is_it_repeated_by_the_framework_when_a_reused_connection_ends_without_an_answer(string? body)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(Ok);
            await conversation.ReadRequestAsync();
        });
        using var outgoing = new Outgoing();
        await outgoing.GetAsync(target.Uri);
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.PostAsync(target.Uri, Effect.Once, body)
        );
        error.EffectUnknown.ShouldBeTrue();
        target.Requests.Count.ShouldBe(2);
        target.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_with_an_effect_of_once_is_repeated_while_nothing_was_sent()
    {
        var port = FreePort.Next();
        using var outgoing = new Outgoing();
        var call = outgoing.PostAsync(
            new Uri($"http://127.0.0.1:{port}/"),
            Effect.Once,
            "{}",
            Outgoing.Limits with
            {
                Retries = 3,
                RetryDelay = TimeSpan.FromMilliseconds(50),
            }
        );
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() => call);
        error.Code.ShouldBe("connection-refused");
        error.EffectUnknown.ShouldBeFalse();
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(504, true)]
    [InlineData(503, true)]
    [InlineData(503, false, "3600")]
    [InlineData(503, false, "0")]
    [InlineData(503, false, "Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData(503, false, "soon")]
    [InlineData(429, false)]
    public async Task A_failing_answer_to_a_call_of_once_says_whether_its_effect_is_known(
        int status,
        bool unknown,
        string? retryAfter = null
    )
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<TaskErrorException>(() =>
            outgoing.PostAsync(target.Uri, Effect.Once, "{}")
        );
        error.EffectUnknown.ShouldBe(unknown);
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retry_After_is_waited_for_when_it_fits_as_seconds_and_as_a_date(bool date)
    {
        var answers = 0;
        await using var target = await HttpTarget.StartAsync(context =>
        {
            if (Interlocked.Increment(ref answers) > 1)
                return Task.CompletedTask;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = date ? $"{DateTimeOffset.UtcNow.AddSeconds(2):R}" : "1";
            return Task.CompletedTask;
        });
        using var outgoing = new Outgoing();
        var started = Stopwatch.GetTimestamp();
        (await outgoing.GetAsync(target.Uri)).Status.ShouldBe(200);
        // A date has whole seconds, so up to one of the two is cut off.
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        target.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false, 429)]
    [InlineData(true, 503)]
    public async Task Retry_After_that_does_not_fit_is_left_to_error_treatment(bool date, int status)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = date ? $"{DateTimeOffset.UtcNow.AddHours(1):R}" : "3600";
            return Task.CompletedTask;
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<TaskErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Category.ShouldBe(status == 429 ? ErrorCategory.Volumetric : ErrorCategory.Connectivity);
        error.Retryable.ShouldBeTrue();
        error.RetryAfter!.Value.ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromSeconds(5));
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_target_that_never_answers_ends_in_a_timeout_of_each_request_and_of_all()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.BeSilentAsync();
        });
        using var outgoing = new Outgoing();
        var limits = Outgoing.Limits with
        {
            Attempt = TimeSpan.FromMilliseconds(400),
            Total = TimeSpan.FromMilliseconds(600),
            Retries = 5,
        };
        var started = Stopwatch.GetTimestamp();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() => outgoing.GetAsync(target.Uri, limits));
        error.Code.ShouldBe("timeout");
        Stopwatch.GetElapsedTime(started).ShouldBeInRange(TimeSpan.FromSeconds(0.39), TimeSpan.FromSeconds(4));
        target.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_body_that_trickles_ends_in_the_timeout_too()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true)
            {
                await conversation.WriteAsync("x");
                await Task.Delay(20, conversation.Stopping);
            }
        });
        using var outgoing = new Outgoing();
        var limits = Outgoing.Limits with { Attempt = TimeSpan.FromMilliseconds(300), Retries = 0 };
        (
            await Should.ThrowAsync<ConnectivityErrorException>(() => outgoing.GetAsync(target.Uri, limits))
        ).Code.ShouldBe("timeout");
    }

    [Fact]
    public async Task A_pause_that_ends_too_late_leaves_a_timeout_and_no_fault_of_ours()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        using var outgoing = new Outgoing();
        var limits = Outgoing.Limits with { Total = TimeSpan.FromTicks(1), Retries = 0 };
        (
            await Should.ThrowAsync<ConnectivityErrorException>(() => outgoing.GetAsync(target.Uri, limits))
        ).Code.ShouldBe("timeout");
    }

    [Fact]
    public void Pauses_double_and_are_spread_over_the_upper_half()
    {
        var call = new HttpCall
        {
            Method = HttpMethod.Get,
            Uri = new Uri("http://target.test/"),
            Place = "http://target.test/",
            MayRepeat = true,
            Limits = Outgoing.Limits with { RetryDelay = TimeSpan.FromMilliseconds(100) },
        };
        var progress = new CallProgress(call, TimeProvider.System);
        var error = new ConnectivityErrorException("timeout", "");
        progress.Pause(error, 0, random: 0).ShouldBe(TimeSpan.FromMilliseconds(50));
        progress.Pause(error, 0, random: 1).ShouldBe(TimeSpan.FromMilliseconds(100));
        progress.Pause(error, 2, random: 1).ShouldBe(TimeSpan.FromMilliseconds(400));
    }
}
