using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

/// <summary>What a message is: exchange and routing key say it, and the property <c>type</c> only where they leave it open.</summary>
public sealed class KindTests : IAsyncLifetime
{
    private const string Queue = "integration.error-treatment";
    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync() => _treatment = await RunningTreatment.StartAsync();

    public ValueTask DisposeAsync() => _treatment.DisposeAsync();

    private static OutgoingMessage Typed(OutgoingMessage message, string? type) =>
        message with
        {
            Properties = message.Properties with { Type = type },
        };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("service.heartbeat")]
    public async Task A_cancellation_is_one_whatever_its_type_says(string? type)
    {
        await _treatment.ParkAsync("withdrawn");

        await _treatment.Bus.DeliverAsync(
            Queue,
            Typed(
                _treatment.Messages.Of(new TaskCancelled("withdrawn", "rest.request", DateTimeOffset.UnixEpoch)),
                type
            )
        );

        (await _treatment.StateAsync("withdrawn")).ShouldBe("cancelled");
    }

    [Theory]
    [InlineData("outputs")]
    [InlineData("error")]
    public async Task A_result_of_a_retry_without_a_type_resolves_the_failure(string field)
    {
        await _treatment.TakeAsync(Events.Errored(Events.Task("untyped"), Events.Connectivity()));
        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);
        var request = Events.Task("untyped", attempt: 2);
        var result =
            field == "outputs"
                ? _treatment.Messages.Of(Events.Completed(request))
                : _treatment.Messages.Of(
                    new TaskRejected(
                        request.TaskId,
                        request.Operation,
                        1,
                        "engine",
                        new BusinessError("NO", "No."),
                        DateTimeOffset.UnixEpoch,
                        DateTimeOffset.UnixEpoch,
                        Events.Rest,
                        2
                    )
                );

        await _treatment.Bus.DeliverAsync(Queue, Typed(result, null));

        (await _treatment.StateAsync("untyped")).ShouldBe("resolved");
    }

    [Theory]
    [InlineData(null, "{}")]
    [InlineData(null, "not json")]
    [InlineData("task.requested", """{"outputs":{}}""")]
    public async Task A_result_that_nobody_can_tell_is_a_failure_with_the_reason(string? type, string body)
    {
        await _treatment.Bus.DeliverAsync(
            Queue,
            new OutgoingMessage(
                Exchanges.Results,
                "engine.retried",
                new MessageProperties { MessageId = "unclear", Type = type },
                Encoding.UTF8.GetBytes(body)
            )
        );

        var error = (await _treatment.FindAsync("unclear"))!.Value.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("malformed-message");
        error.GetProperty("message").GetString()!.ShouldContain("property type");
    }

    [Fact]
    public async Task A_result_of_a_kind_that_only_its_engine_knows_is_the_engines_matter()
    {
        await _treatment.Bus.DeliverAsync(
            Queue,
            new OutgoingMessage(
                Exchanges.Results,
                "engine.retried",
                new MessageProperties { Type = "task.progressed" },
                "{}"u8.ToArray()
            )
        );

        (await _treatment.ListAsync()).GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task News_without_a_type_that_nobody_takes_are_forgotten_when_their_key_says_what_they_are()
    {
        foreach (var key in new[] { "announce.node", "heartbeat.node", "describe.node" })
            await _treatment.Bus.DeliverAsync("integration.unrouted", Control(key));

        (await _treatment.ListAsync()).GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task News_of_which_neither_key_nor_type_says_anything_are_a_failure()
    {
        await _treatment.Bus.DeliverAsync("integration.unrouted", Control("cancle.rest.request"));

        var failures = (await _treatment.ListAsync()).GetProperty("failures");
        failures.GetArrayLength().ShouldBe(1);
        failures[0].GetProperty("error").GetProperty("message").GetString()!.ShouldContain("cancle.rest.request");
    }

    [Theory]
    [InlineData("start.order", "Core__DefaultEngine")]
    [InlineData("message.paid", "Core__DefaultEngine")]
    [InlineData("engine.billing.start.order", "Core__Name")]
    public async Task What_no_engine_takes_is_a_failure_with_the_way_out(string key, string wayOut)
    {
        await _treatment.Bus.DeliverAsync(
            "integration.unrouted",
            new OutgoingMessage(
                Exchanges.Inbound,
                key,
                new MessageProperties { MessageId = "astray" },
                "{}"u8.ToArray()
            )
        );

        var error = (await _treatment.FindAsync("astray"))!.Value.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("no-receiver");
        error.GetProperty("message").GetString()!.ShouldContain(wayOut);
    }

    [Fact]
    public async Task A_task_that_has_had_a_million_attempts_is_parked_and_cannot_be_sent_again()
    {
        await _treatment.TakeAsync(Events.Errored(Events.Task("worn", attempt: 999_999), Events.Connectivity()));
        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);
        await _treatment.TakeAsync(Events.Errored(Events.Task("worn", attempt: 1_000_000), Events.Connectivity()));

        var failure = (await _treatment.FindAsync("worn"))!.Value;
        failure.GetProperty("state").GetString().ShouldBe("parked");
        failure.GetProperty("possible").EnumerateArray().Select(p => p.GetString()).ShouldBe(["give-up"]);
        failure.GetProperty("wayOut").GetString()!.ShouldContain("attempts");
        _treatment
            .Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested)
            .ShouldAllBe(task => task.Attempt <= 1_000_000);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(250)]
    public async Task An_engine_is_told_nothing_under_an_id_that_it_would_refuse(int length)
    {
        var id = new string('x', length);
        var source = new MessageSource(
            Exchanges.Tasks,
            "rest.request.v1",
            "{ broken",
            "text",
            8,
            MessageId: "m-18",
            CorrelationId: id,
            ReplyTo: "engine"
        );
        var error = new ErrorInfo(ErrorCategory.Data, ErrorCodes.MalformedMessage, "The message cannot be read.");

        await _treatment.TakeAsync(new TaskErrored(error, DateTimeOffset.UnixEpoch, Events.Rest, Source: source));

        (await _treatment.FindAsync("m-18"))!.Value.GetProperty("state").GetString().ShouldBe("parked");
        _treatment.Bus.Of(EventTypes.TaskIncident, ContractJson.Default.TaskIncident).ShouldBeEmpty();
    }

    private static OutgoingMessage Control(string key) =>
        new(Exchanges.Control, key, new MessageProperties { MessageId = key }, "{}"u8.ToArray());
}
