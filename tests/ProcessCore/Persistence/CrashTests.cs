using Integration.Bus;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>What happens when a core dies between two steps, and another one starts on the same database.</summary>
public sealed class CrashTests : CoreTest
{
    [Fact]
    public async Task A_task_that_was_committed_and_not_published_is_published_by_the_next_run()
    {
        string instance;
        Bus.GoAway();
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(OneTask());
            instance = await core.BeginAsync();
            Bus.Requests.ShouldBeEmpty();
        }

        await using var other = new TestBus();
        await using var next = await Core.StartAsync(Database, other);
        await Eventually.TrueAsync(() => other.Requests.Count == 1);
        await other.CompleteAsync(other.Requests[0]);

        await next.EndedAsync(instance);
        await Eventually.TrueAsync(async () => await next.CountAsync("outbox") == 0);
    }

    [Fact]
    public async Task What_is_published_again_is_the_same_message_with_the_same_trace()
    {
        const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(OneTask().Root(""));
            Bus.GoAway();
            var start = Bus.Messages.Of(
                new Contracts.ProcessStart("order", System.Text.Json.JsonElement.Parse("{}"), "request-1")
            );
            start = start with { Properties = start.Properties with { TraceParent = Trace } };
            (await Bus.DeliverAsync(start)).ShouldBe(Settlement.Acknowledge);
        }

        await using var other = new TestBus();
        await using (await Core.StartAsync(Database, other))
            await Eventually.TrueAsync(() => other.Requests.Count == 1);

        other.Published.Single().Properties.TraceParent.ShouldBe(Trace);
        other.Published.Single().Properties.ReplyTo.ShouldBe("process-core");
        other.Published.Single().Properties.CorrelationId.ShouldBe(other.Requests[0].TaskId);
    }

    [Fact]
    public async Task A_message_that_the_broker_did_not_take_for_a_while_goes_out_once_it_is_back()
    {
        await using var core = await StartAsync("--Core:OutboxLease=00:00:00.2");
        await core.DeployAsync(OneTask());
        Bus.GoAway();
        await core.BeginAsync();

        await Task.Delay(500, TestContext.Current.CancellationToken);
        Bus.ComeBack();

        await RequestedAsync(1);
        await Eventually.TrueAsync(async () => await core.CountAsync("outbox") == 0);
        Bus.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_timer_goes_on_in_the_next_run()
    {
        string instance;
        await using (var core = await StartAsync("--Core:PollInterval=00:01:00"))
        {
            await core.DeployAsync(
                new Drawing().Start().CatchTimer("Wait", "PT0.2S").End().Flow("Start", "Wait", "End")
            );
            instance = await core.BeginAsync();
            (await core.StateAsync(instance)).ShouldBe("running");
        }

        await using var next = await StartAsync();
        await next.EndedAsync(instance);
    }

    [Fact]
    public async Task An_instance_keeps_its_version_of_the_definition_in_the_next_run()
    {
        string instance;
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(OneTask());
            instance = await core.BeginAsync();
            await RequestedAsync(1);
            await core.DeployAsync(new Drawing().Start().Service("Other").End().Flow("Start", "Other", "End"));
        }

        await using var next = await StartAsync();
        await Bus.CompleteAsync(Bus.Requests[0]);
        await next.EndedAsync(instance);
        var young = await next.BeginAsync();
        await RequestedAsync(2);
        Bus.Requests[1].Process!.Element.ShouldBe("Other");
        (await next.ShowAsync(young)).GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_message_that_was_kept_before_the_crash_meets_the_instance_that_waits()
    {
        string instance;
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(
                new Drawing().Start().Receive("Payment", "payment").End().Flow("Start", "Payment", "End")
            );
            instance = await core.BeginAsync(variables: new { orderId = "A1" });
            // What a crash between keeping and correlating leaves behind.
            await core.ExecuteAsync(
                """
                insert into messages (request_id, name, correlation_key, variables, received_at, expires_at)
                values ('m1', 'payment', 'A1', cast('{"amount":5}' as blob), 0, 9999999999999)
                """
            );
        }

        await using var next = await StartAsync();
        await next.EndedAsync(instance);
        (await next.ShowAsync(instance)).GetProperty("variables").GetProperty("amount").GetInt32().ShouldBe(5);
    }
}
