using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_message_is_published_again_byte_for_byte_and_resolved_when_it_does_not_come_back()
    {
        var message = Unreadable("{ not json"u8.ToArray());
        var id = (await One.TakeAsync(message)).Failure!.Id;

        await One.TakeAsync(new RetryAsked(id, null));
        await One.PassAsync(TimeSpan.Zero);

        var published = Bus.Published[^1];
        published.Exchange.ShouldBe(Exchanges.Tasks);
        published.RoutingKey.ShouldBe("rest.request.v1");
        published.Body.ToArray().ShouldBe("{ not json"u8.ToArray());
        published.Properties.MessageId.ShouldBe("m1");
        (await FindAsync("m1")).State.ShouldBe(FailureState.Sent);

        await One.PassAsync(TimeSpan.FromSeconds(31));
        (await FindAsync("m1")).State.ShouldBe(FailureState.Resolved);
    }

    [Fact]
    public async Task A_message_that_comes_back_is_the_same_failure_again()
    {
        var message = Unreadable("{ not json"u8.ToArray());
        var id = (await One.TakeAsync(message)).Failure!.Id;
        await One.TakeAsync(new RetryAsked(id, null));
        await One.PassAsync(TimeSpan.FromMinutes(1));
        await One.PassAsync(TimeSpan.FromMinutes(1));

        await One.TakeAsync(message);

        var failure = await FindAsync("m1");
        failure.Id.ShouldBe(id);
        failure.State.ShouldBe(FailureState.Parked);
        failure.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_does_not_count_as_delivered_while_the_broker_has_not_confirmed_it()
    {
        var id = (await One.TakeAsync(Unreadable("x"u8.ToArray()))).Failure!.Id;
        await One.TakeAsync(new RetryAsked(id, null));
        Bus.OnPublish = (_, _) => throw new IOException("no broker");
        await Should.ThrowAsync<IOException>(() => One.PassAsync(TimeSpan.FromMinutes(5)));
        await Should.ThrowAsync<IOException>(() => One.PassAsync(TimeSpan.FromMinutes(5)));

        (await FindAsync("m1")).State.ShouldBe(FailureState.Sent);
    }

    [Fact]
    public async Task The_engine_hears_of_an_unreadable_task_whose_properties_name_it()
    {
        var id = (await One.TakeAsync(Unreadable("{"u8.ToArray()))).Failure!.Id;
        await One.PassAsync(TimeSpan.Zero);
        Incidents.ShouldHaveSingleItem().TaskId.ShouldBe("t1");

        await One.TakeAsync(new GiveUpAsked(id, null, "The sender was corrected."));
        await One.PassAsync(TimeSpan.Zero);
        GivenUp.ShouldHaveSingleItem().TaskId.ShouldBe("t1");
    }

    [Fact]
    public async Task A_message_of_which_only_the_start_is_known_can_only_be_given_up()
    {
        var outcome = await One.TakeAsync(Unreadable("start"u8.ToArray(), size: 1_000_000));

        StateTable.Allows(outcome.Failure!, Trigger.Retry).ShouldBeFalse();
        var refused = await One.TakeAsync(new RetryAsked(outcome.Failure!.Id, null));
        refused.Step.ShouldBe(Step.Refuse);
        refused.Failure!.Unsendable.ShouldBe("only the first 5 of its 1000000 bytes are known");
        StateTable.Allows(outcome.Failure, Trigger.GiveUp).ShouldBeTrue();
    }

    private static Errored Unreadable(byte[] body, long? size = null)
    {
        var message = new StoredMessage(
            Exchanges.Tasks,
            "rest.request.v1",
            new MessageProperties { MessageId = "m1", CorrelationId = "t1" },
            body,
            size ?? body.Length
        );
        var error = new ErrorInfo(ErrorCategory.Data, ErrorCodes.MalformedMessage, "The message cannot be read.");
        return new Errored(Subject.Message(message), FailureKind.Message, error, 1, DateTimeOffset.UnixEpoch)
        {
            Service = "rest",
            TaskId = "t1",
            ReplyTo = "engine",
            Message = message,
        };
    }
}
