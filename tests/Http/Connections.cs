using System.Diagnostics;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Http.Tests;

public sealed class Connections
{
    [Fact]
    public async Task A_connection_is_used_again_by_later_calls()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        using var outgoing = new Outgoing();
        for (var i = 0; i < 20; i++)
            await outgoing.GetAsync(target.Uri);
        target.Requests.Count.ShouldBe(20);
        target.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_is_opened_anew_after_its_lifetime()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        using var outgoing = new Outgoing(
            transport: new HttpTransportOptions { ConnectionLifetime = TimeSpan.FromMilliseconds(50) }
        );
        await Eventually.TrueAsync(async () =>
        {
            await outgoing.GetAsync(target.Uri);
            return target.Connections >= 2;
        });
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await HttpTarget.AnsweringAsync(200, "{}");
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.Uri.ToString());
            return Task.CompletedTask;
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Code.ShouldBe("redirected");
        error.Status.ShouldBe(302);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cookies_are_neither_kept_nor_shown()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Cookies.Append("session", "1");
            return Task.CompletedTask;
        });
        using var outgoing = new Outgoing();
        (await outgoing.GetAsync(target.Uri)).Headers.Keys.ShouldNotContain("set-cookie");
        await outgoing.GetAsync(target.Uri);
        target.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task The_current_trace_is_carried_on()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        using var outgoing = new Outgoing();
        using var activity = new Activity("task").SetIdFormat(ActivityIdFormat.W3C).Start();
        await outgoing.GetAsync(target.Uri);
        target.Requests.ShouldHaveSingleItem().Headers["traceparent"].ShouldContain(activity.TraceId.ToHexString());
    }

    [Fact]
    public async Task A_call_may_ask_for_less_time_to_connect()
    {
        using var silent = new FullBacklog();
        using var outgoing = new Outgoing();
        var started = Stopwatch.GetTimestamp();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.GetAsync(
                new Uri($"http://127.0.0.1:{silent.Port}/"),
                Outgoing.Limits with
                {
                    Connect = TimeSpan.FromMilliseconds(200),
                    Retries = 0,
                }
            )
        );
        error.Code.ShouldBe("connect-timeout");
        error.EffectUnknown.ShouldBeFalse();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(300, 5_000)]
    [InlineData(5_000, 300)]
    public async Task A_TLS_handshake_that_never_ends_counts_as_not_connected_in_the_time_of_the_call_or_the_service(
        int service,
        int call
    )
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        using var outgoing = new Outgoing(
            transport: new HttpTransportOptions { ConnectTimeout = TimeSpan.FromMilliseconds(service) }
        );
        var started = Stopwatch.GetTimestamp();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.PostAsync(
                new Uri($"https://127.0.0.1:{target.Port}/"),
                Effect.Once,
                "{}",
                Outgoing.Limits with
                {
                    Retries = 0,
                    Connect = TimeSpan.FromMilliseconds(call),
                }
            )
        );
        error.Code.ShouldBe("connect-timeout");
        error.Message.ShouldContain("within 0.3 s");
        error.EffectUnknown.ShouldBeFalse();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_call_of_once_that_is_cancelled_before_anything_was_sent_is_known_to_have_had_no_effect()
    {
        using var silent = new FullBacklog();
        using var outgoing = new Outgoing();
        using var cancellation = new CancellationTokenSource();
        var call = outgoing.SendAsync(Once(new Uri($"http://127.0.0.1:{silent.Port}/")), cancellation.Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
        (await CancellationAsync(call)).ShouldBeOfType<CancelledWithoutEffectException>();
    }

    [Fact]
    public async Task So_is_one_that_is_cancelled_while_it_waits_to_be_tried_again()
    {
        var limits = Outgoing.Limits with { RetryDelay = TimeSpan.FromSeconds(10) };
        using var outgoing = new Outgoing();
        using var cancellation = new CancellationTokenSource();
        var call = outgoing.SendAsync(
            Once(new Uri($"http://127.0.0.1:{FreePort.Next()}/")) with
            {
                Limits = limits,
            },
            cancellation.Token
        );
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(500));
        (await CancellationAsync(call)).ShouldBeOfType<CancelledWithoutEffectException>();
    }

    [Fact]
    public async Task But_not_one_whose_request_has_left()
    {
        var arrived = new TaskCompletionSource();
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            arrived.SetResult();
            await conversation.BeSilentAsync();
        });
        using var outgoing = new Outgoing();
        using var cancellation = new CancellationTokenSource();
        var call = outgoing.SendAsync(Once(target.Uri), cancellation.Token);
        await arrived.Task.WaitAsync(Eventually.Patience);
        await cancellation.CancelAsync();
        (await CancellationAsync(call)).ShouldBeOfType<OperationCanceledException>();
    }

    [Fact]
    public async Task A_connection_of_HTTP_2_that_has_died_in_silence_is_not_used_again()
    {
        using var authority = new TestAuthority();
        await using var target = await HttpTarget.StartAsync(_ => Task.CompletedTask, authority.Issue());
        await using var relay = TcpRelay.Start(target.Uri.Port);
        using var outgoing = new Outgoing(
            new EgressOptions { AllowLoopback = true, TrustedAuthorities = authority.PemFile },
            new HttpTransportOptions { PingDelay = TimeSpan.FromSeconds(1), PingTimeout = TimeSpan.FromSeconds(1) }
        );
        var uri = new Uri($"https://127.0.0.1:{relay.Port}/");
        await outgoing.GetAsync(uri);
        target.Requests.ShouldHaveSingleItem().Protocol.ShouldBe("HTTP/2");

        // The start of a record of TLS: from now on nothing of this connection arrives.
        relay.FallSilentAt = [0x17, 0x03, 0x03];
        var call = outgoing.GetAsync(uri, Outgoing.Limits with { Attempt = TimeSpan.FromSeconds(20) });
        await Eventually.TrueAsync(() => relay.Silent == 1);
        relay.FallSilentAt = null;

        (await call).Status.ShouldBe(200);
        target.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_aborts_the_request_at_the_target()
    {
        var arrived = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        await using var target = await HttpTarget.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            arrived.SetResult();
            await aborted.Task;
        });
        using var outgoing = new Outgoing();
        using var cancellation = new CancellationTokenSource();
        var call = outgoing.GetAsync(target.Uri, cancellation: cancellation.Token);
        await arrived.Task.WaitAsync(Eventually.Patience);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await aborted.Task.WaitAsync(Eventually.Patience);
        target.Requests.Count.ShouldBe(1);
    }

    // Shouldly makes one of its own of every cancellation.
    private static async Task<OperationCanceledException?> CancellationAsync(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
    }

    private static HttpCall Once(Uri uri) => Outgoing.Get(uri) with { Method = HttpMethod.Post, MayRepeat = false };
}
