using System.Text;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

public sealed class IntakeTests : IAsyncLifetime
{
    private const string Errors = "integration.error-treatment";
    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync() => _treatment = await RunningTreatment.StartAsync();

    public ValueTask DisposeAsync() => _treatment.DisposeAsync();

    [Fact]
    public void It_takes_from_three_queues() =>
        _treatment.Bus.Queues.Order().ShouldBe(["integration.dead", Errors, "integration.unrouted"]);

    [Fact]
    public async Task An_error_is_retried_and_resolved_by_its_result()
    {
        await _treatment.TakeAsync(Events.Errored(Events.Task("happy"), Events.Connectivity()));
        await Eventually.TrueAsync(() => Sent("happy").Count == 1);
        (await _treatment.StateAsync("happy")).ShouldBe("sent");

        var result = _treatment.Messages.Of(Events.Completed(Sent("happy")[0]));
        result.RoutingKey.ShouldBe("engine.retried");
        (await _treatment.Bus.DeliverAsync(Errors, result)).ShouldBe(Settlement.Acknowledge);

        (await _treatment.StateAsync("happy")).ShouldBe("resolved");
    }

    [Fact]
    public async Task A_business_error_is_an_outcome_too()
    {
        await _treatment.TakeAsync(Events.Errored(Events.Task("rejected"), Events.Connectivity()));
        await Eventually.TrueAsync(() => Sent("rejected").Count == 1);

        var rejected = new TaskRejected(
            "rejected",
            "rest.request",
            1,
            "engine",
            new BusinessError("BLACKLISTED", "On the list."),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            Events.Rest,
            2
        );
        await _treatment.Bus.DeliverAsync(Errors, _treatment.Messages.Of(rejected));

        var failure = (await _treatment.FindAsync("rejected"))!.Value;
        failure.GetProperty("state").GetString().ShouldBe("resolved");
        failure.GetProperty("reason").GetString()!.ShouldContain("BLACKLISTED");
    }

    [Fact]
    public async Task A_cancellation_closes_the_failure()
    {
        await _treatment.ParkAsync("cancelled-1");

        await _treatment.Bus.DeliverAsync(
            Errors,
            _treatment.Messages.Of(
                new TaskCancelled("cancelled-1", "rest.request", DateTimeOffset.UnixEpoch, "the process was cancelled")
            )
        );

        (await _treatment.StateAsync("cancelled-1")).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_task_that_no_service_takes_is_seen_at_once_sent_again_and_parked_in_the_end()
    {
        var unrouted = _treatment.Messages.Of(Events.Task("nobody"));
        await _treatment.Bus.DeliverAsync("integration.unrouted", unrouted);

        var failure = (await _treatment.FindAsync("nobody"))!.Value;
        failure.GetProperty("error").GetProperty("code").GetString().ShouldBe("no-service");
        var message = failure.GetProperty("error").GetProperty("message").GetString()!;
        message.ShouldContain("'rest.request' version 1");
        message.ShouldContain("Start the service");
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            await Eventually.TrueAsync(() => Sent("nobody").Count == attempt - 1);
            await _treatment.Bus.DeliverAsync("integration.unrouted", _treatment.Messages.Of(Sent("nobody")[^1]));
        }

        (await _treatment.StateAsync("nobody")).ShouldBe("parked");
        await Eventually.TrueAsync(() => Incidents().Any(incident => incident.TaskId == "nobody"));
    }

    [Fact]
    public async Task A_dead_lettered_task_is_retried_as_a_fault_of_the_service()
    {
        await _treatment.Bus.DeliverAsync(
            "integration.dead",
            _treatment.Messages.Of(Events.Task("poison")),
            new Death("delivery_limit", "integration.rest")
        );

        var failure = (await _treatment.FindAsync("poison"))!.Value;
        failure.GetProperty("error").GetProperty("category").GetString().ShouldBe("internal");
        failure.GetProperty("error").GetProperty("code").GetString().ShouldBe("delivery-limit");
        failure.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("'integration.rest'");
        await Eventually.TrueAsync(() => Sent("poison").Count == 1);
    }

    [Fact]
    public async Task A_result_that_no_engine_takes_is_kept_and_can_be_sent_again()
    {
        var result = _treatment.Messages.Of(Events.Completed(Events.Task("lost-result")));
        await _treatment.Bus.DeliverAsync("integration.unrouted", result);

        var failure = (await _treatment.FindAsync(result.Properties.MessageId!))!.Value;
        failure.GetProperty("kind").GetString().ShouldBe("message");
        failure.GetProperty("state").GetString().ShouldBe("parked");
        var id = failure.GetProperty("id").GetString();
        (await _treatment.Client.PostAsync($"/failures/{id}/retry", null)).EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);
        var published = _treatment.Bus.Published[0];
        published.Exchange.ShouldBe(Exchanges.Results);
        published.RoutingKey.ShouldBe("engine");
        published.Properties.MessageId.ShouldBe(result.Properties.MessageId);
        published.Body.ToArray().ShouldBe(result.Body.ToArray());
    }

    [Fact]
    public async Task An_incident_that_no_engine_takes_makes_no_further_failure()
    {
        await _treatment.ParkAsync("deaf");
        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);

        var settlement = await _treatment.Bus.DeliverAsync("integration.unrouted", _treatment.Bus.Published[0]);

        settlement.ShouldBe(Settlement.Acknowledge);
        (await _treatment.ListAsync()).GetProperty("failures").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Control_messages_that_nobody_takes_are_of_no_interest()
    {
        var heartbeat = _treatment.Messages.Of(new ServiceHeartbeat(Events.Rest, DateTimeOffset.UnixEpoch, 0));

        (await _treatment.Bus.DeliverAsync("integration.unrouted", heartbeat)).ShouldBe(Settlement.Acknowledge);

        (await _treatment.ListAsync()).GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_comes_from_outside_while_no_core_is_deployed_is_sent_again_by_itself()
    {
        var start = _treatment.Messages.Of(
            new ProcessStart("orders", JsonSerializer.SerializeToElement(new { }), "r1")
        );
        await _treatment.Bus.DeliverAsync("integration.unrouted", start);

        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);

        _treatment.Bus.Published[0].RoutingKey.ShouldBe("start.orders");
        _treatment.Bus.Published[0].Properties.MessageId.ShouldBe(start.Properties.MessageId);
    }

    [Fact]
    public async Task Errors_that_were_published_before_the_first_deployment_are_treated()
    {
        var early = _treatment.Messages.Of(Events.Errored(Events.Task("early"), Events.Access));

        await _treatment.Bus.DeliverAsync("integration.unrouted", early);

        (await _treatment.StateAsync("early")).ShouldBe("parked");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"taskId": "x"}""")]
    [InlineData(
        """{"error": {"category": 5, "code": "c", "message": "m"}, "occurredAt": "2026-01-01T00:00:00Z", "service": {"name": "s"}}"""
    )]
    [InlineData(
        """{"error": {"category": "data", "code": "c", "message": "m"}, "occurredAt": "2026-01-01T00:00:00Z", "service": {"name": "s"}}"""
    )]
    [InlineData(
        """{"taskId": "\ud800", "error": {"category": "data", "code": "c", "message": "m"}, "occurredAt": "2026-01-01T00:00:00Z", "service": {"name": "s"}}"""
    )]
    public async Task A_foreign_message_that_is_no_error_event_is_kept_with_the_reason(string body)
    {
        var message = new OutgoingMessage(
            Exchanges.Errors,
            "data.whatever",
            new MessageProperties { MessageId = "foreign-1", AppId = "node" },
            Encoding.UTF8.GetBytes(body)
        );

        (await _treatment.Bus.DeliverAsync(Errors, message)).ShouldBe(Settlement.Acknowledge);

        var failure = (await _treatment.FindAsync("foreign-1"))!.Value;
        failure.GetProperty("state").GetString().ShouldBe("parked");
        failure.GetProperty("error").GetProperty("code").GetString().ShouldBe("malformed-message");
        var shown = await _treatment.ShowAsync(failure.GetProperty("id").GetString()!);
        shown.GetProperty("message").GetProperty("body").GetString().ShouldBe(body);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_have_no_id_are_kept_once()
    {
        byte[] bytes = [0xff, 0x00, 0xfe];
        var message = new OutgoingMessage(Exchanges.Tasks, "rest.request.v1", new MessageProperties(), bytes);

        await _treatment.Bus.DeliverAsync("integration.unrouted", message);
        await _treatment.Bus.DeliverAsync("integration.unrouted", message);

        var list = (await _treatment.ListAsync()).GetProperty("failures");
        list.GetArrayLength().ShouldBe(1);
        var shown = await _treatment.ShowAsync(list[0].GetProperty("id").GetString()!);
        shown.GetProperty("message").GetProperty("encoding").GetString().ShouldBe("base64");
        Convert.FromBase64String(shown.GetProperty("message").GetProperty("body").GetString()!).ShouldBe(bytes);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_kept_by_its_start_and_can_only_be_given_up()
    {
        var message = new OutgoingMessage(
            Exchanges.Errors,
            "data.whatever",
            new MessageProperties { MessageId = "huge" },
            new byte[2 * 1024 * 1024]
        );

        await _treatment.Bus.DeliverAsync(Errors, message);

        var failure = (await _treatment.FindAsync("huge"))!.Value;
        failure.GetProperty("error").GetProperty("code").GetString().ShouldBe("message-too-large");
        failure.GetProperty("possible").EnumerateArray().Select(p => p.GetString()).ShouldBe(["give-up"]);
        failure.GetProperty("wayOut").GetString()!.ShouldContain("cannot be sent again");
    }

    [Fact]
    public async Task What_a_service_could_not_read_is_shown_and_tells_the_engine()
    {
        var source = new MessageSource(
            Exchanges.Tasks,
            "rest.request.v1",
            "{ broken",
            "text",
            8,
            EventTypes.TaskRequested,
            "m-17",
            "unread-task",
            "engine"
        );
        var error = new ErrorInfo(ErrorCategory.Data, ErrorCodes.MalformedMessage, "The message cannot be read.");

        await _treatment.TakeAsync(
            new TaskErrored(error, DateTimeOffset.UnixEpoch, Events.Rest, "unread-task", Source: source)
        );

        (await _treatment.FindAsync("m-17"))!.Value.GetProperty("kind").GetString().ShouldBe("message");
        await Eventually.TrueAsync(() => Incidents().Any(incident => incident.TaskId == "unread-task"));
    }

    [Fact]
    public async Task A_retry_belongs_to_the_trace_of_the_process()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var message = _treatment.Messages.Of(Events.Errored(Events.Task("traced"), Events.Connectivity()));
        await _treatment.Bus.DeliverAsync(
            Errors,
            message with
            {
                Properties = message.Properties with { TraceParent = Trace },
            }
        );

        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);

        _treatment.Bus.Published[0].Properties.TraceParent.ShouldBe(Trace);
    }

    private IReadOnlyList<TaskIncident> Incidents() =>
        _treatment.Bus.Of(EventTypes.TaskIncident, ContractJson.Default.TaskIncident);

    private List<TaskRequested> Sent(string taskId) =>
        [
            .. _treatment
                .Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested)
                .Where(task => task.TaskId == taskId),
        ];
}
