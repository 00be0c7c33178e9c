using Integration.Bus;
using Integration.Contracts;

namespace Integration.ErrorTreatment.Tests;

/// <summary>Nothing is too large to be checked and small enough to be done.</summary>
public sealed partial class TrustTests
{
    private const int LargestEvent = 4 * Limits.Body;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(1025)]
    public async Task An_error_of_another_services_operation_has_nothing_sent_whatever_its_size(int over)
    {
        var forged = _treatment.Messages.Of(Events.Errored(Mail("forged"), Events.Connectivity()));

        await DeliverAsync("rest", Treatment, Padded(forged, over));

        await RefusedAsync(over > 1024 ? "message-too-large" : "not-trusted");
        await NothingElseHappensAsync();
    }

    [Theory]
    [InlineData("completed", 1)]
    [InlineData("completed", 1024)]
    [InlineData("rejected", 1)]
    [InlineData("rejected", 1024)]
    [InlineData("failed", 1)]
    [InlineData("failed", 1024)]
    [InlineData("cancelled", 1)]
    [InlineData("cancelled", 1024)]
    [InlineData("completed", 1025)]
    [InlineData("rejected", 1025)]
    [InlineData("failed", 1025)]
    [InlineData("cancelled", 1025)]
    public async Task What_would_close_the_task_of_another_closes_nothing_whatever_its_size(string kind, int over)
    {
        await SentAsync("asked");
        var task = Requests[0];

        await DeliverAsync("rest", Treatment, Padded(Closing(kind, task), over));

        await RefusedAsync(over > 1024 ? "message-too-large" : "not-trusted");
        (await StateOfTaskAsync("asked")).ShouldBe("sent");
    }

    [Theory]
    [InlineData("integration.dead", 1)]
    [InlineData("integration.dead", 1024)]
    [InlineData("integration.unrouted", 1)]
    [InlineData("integration.unrouted", 1024)]
    public async Task A_request_in_the_name_of_another_engine_is_not_sent_again_whatever_its_size(
        string queue,
        int over
    )
    {
        // Key and property are the forger's own, and true.
        var request = _treatment.Messages.Of(Mail("dead"));
        request = request with { Properties = request.Properties with { ReplyTo = "sender" } };

        await DeliverAsync("sender", queue, Padded(request, over), new Death("delivery_limit", "integration.mail"));

        await RefusedAsync();
        await NothingElseHappensAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public async Task A_result_that_no_engine_takes_is_checked_whatever_its_size(int over)
    {
        await DeliverAsync(
            "rest",
            "integration.unrouted",
            Padded(_treatment.Messages.Of(Events.Completed(Mail("away"))), over)
        );

        await RefusedAsync();
    }

    [Fact]
    public async Task What_cannot_be_checked_is_shown_and_not_forgotten()
    {
        var incident = new TaskIncident("t", Events.Access, DateTimeOffset.UnixEpoch, "process-core", Events.Rest);

        await DeliverAsync("error-treatment", "integration.unrouted", Padded(_treatment.Messages.Of(incident), 1025));

        (await RefusedAsync("message-too-large")).GetProperty("state").GetString().ShouldBe("parked");
    }

    private OutgoingMessage Closing(string kind, TaskRequested task) =>
        kind switch
        {
            "completed" => _treatment.Messages.Of(Events.Completed(task)),
            "rejected" => _treatment.Messages.Of(
                new TaskRejected(
                    task.TaskId,
                    task.Operation,
                    task.Version,
                    task.ReplyTo,
                    new BusinessError("NO", "No."),
                    DateTimeOffset.UnixEpoch,
                    DateTimeOffset.UnixEpoch,
                    Events.Rest,
                    task.Attempt
                )
            ),
            "failed" => _treatment.Messages.Of(
                new TaskFailed(
                    task.TaskId,
                    Events.Access,
                    DateTimeOffset.UnixEpoch,
                    task.ReplyTo,
                    Events.Rest,
                    task.Attempt,
                    Operation: task.Operation
                )
            ),
            _ => _treatment.Messages.Of(
                new TaskCancelled(task.TaskId, task.Operation, DateTimeOffset.UnixEpoch, ReplyTo: task.ReplyTo)
            ),
        };

    /// <summary>White space after the event, so that the body is so much over the size that is read of an event.</summary>
    private static OutgoingMessage Padded(OutgoingMessage message, int over)
    {
        var body = new byte[LargestEvent + over];
        body.AsSpan().Fill((byte)' ');
        message.Body.CopyTo(body);
        return message with { Body = body };
    }
}
