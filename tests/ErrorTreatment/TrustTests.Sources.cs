using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

/// <summary>A message within an error event: its key may be true, and nobody knows whether the rest is.</summary>
public sealed partial class TrustTests
{
    [Theory]
    [InlineData("rest", "integration.tasks", "rest.request.v1")]
    [InlineData("rest", "integration.control", "cancel.rest.request")]
    [InlineData("process-core", "integration.inbound", "start.order")]
    [InlineData("process-core", "integration.inbound", "engine.process-core.start.order")]
    [InlineData("process-core", "integration.results", "process-core")]
    [InlineData("sender", "integration.results", "sender.retried")]
    public async Task A_message_that_the_reporter_can_have_got_is_shown_and_not_sent_by_itself(
        string user,
        string exchange,
        string key
    )
    {
        foreach (var error in Retried())
            await TakeAsync(user, Reported(exchange, key, $"made-up-{error.Category}", error));

        var failures = (await _treatment.ListAsync("limit=100")).GetProperty("failures").EnumerateArray().ToList();
        failures.Count.ShouldBe(3);
        failures.ShouldAllBe(failure => failure.GetProperty("state").GetString() == "parked");
        await NothingElseHappensAsync();
    }

    [Theory]
    [InlineData("sender", "start.order")]
    [InlineData("sender", "message.paid")]
    [InlineData("sender", "engine.process-core.start.order")]
    [InlineData("process-core", "engine.sender.start.order")]
    [InlineData("rest", "engine.rest.start.order")]
    public async Task An_event_from_outside_for_another_engine_is_not_believed_to_have_come(string user, string key)
    {
        await TakeAsync(user, Reported(Exchanges.Inbound, key, "made-up", Events.Access));

        await RefusedAsync();
        await NothingElseHappensAsync();
    }

    [Fact]
    public async Task An_operator_has_a_reported_message_sent_as_it_was_reported()
    {
        await TakeAsync("process-core", Reported(Exchanges.Inbound, "start.order", "kept", Events.Connectivity()));
        var failure = (await _treatment.FindAsync("kept"))!.Value;
        failure.GetProperty("reason").GetString()!.ShouldContain("vouches");

        using var answer = await _treatment.Client.PostAsync(
            $"/failures/{failure.GetProperty("id").GetString()}/retry",
            null,
            TestContext.Current.CancellationToken
        );
        answer.EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() =>
            _treatment.Bus.Published.Any(message => message.Properties.MessageId == "kept")
        );
    }

    /// <summary>What the treatment table sends again in a task.</summary>
    private static IEnumerable<ErrorInfo> Retried() =>
        new[] { ErrorCategory.Connectivity, ErrorCategory.Internal, ErrorCategory.Volumetric }.Select(category =>
            Events.Connectivity() with
            {
                Category = category,
            }
        );

    private static TaskErrored Reported(string exchange, string key, string messageId, ErrorInfo error)
    {
        var body = JsonSerializer.Serialize(
            new ProcessStart("order", JsonSerializer.SerializeToElement(new { }), "made-up"),
            ContractJson.Default.ProcessStart
        );
        var source = new MessageSource(
            exchange,
            key,
            body,
            "text",
            Encoding.UTF8.GetByteCount(body),
            MessageId: messageId
        );
        return new TaskErrored(error, DateTimeOffset.UnixEpoch, Events.Rest, Source: source);
    }
}
