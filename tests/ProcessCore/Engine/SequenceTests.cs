using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

public sealed class SequenceTests
{
    [Fact]
    public void A_process_without_tasks_ends_at_once()
    {
        var play = Play.Begin(new Drawing().Start().End().Flow("Start", "End"), new { amount = 5 });

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.State.EndedAt.ShouldBe(play.Now);
        play.Variable("amount").ShouldBe("5");
        play.Outgoing.ShouldBeEmpty();
    }

    [Fact]
    public void A_service_task_asks_for_its_operation_and_waits()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("Call", "rest.request:2").End().Flow("Start", "Call", "End")
        );

        var request = play.Requests.ShouldHaveSingleItem();
        request.Operation.ShouldBe("rest.request");
        request.Version.ShouldBe(2);
        request.ReplyTo.ShouldBe("process-core");
        request.Attempt.ShouldBe(1);
        request.TaskId.ShouldStartWith(play.State.Id);
        request.Deadline.ShouldBe(play.Now.AddHours(1));
        request.Process.ShouldBe(new(play.State.Id, "order", "Call", "CR-17"));
        play.State.Status.ShouldBe(InstanceStatus.Running);
        play.OpenElements.ShouldBe(["Call"]);
    }

    [Fact]
    public void A_completed_task_leads_to_the_next_element()
    {
        var play = Play.Begin(
            new Drawing().Start().Service("First").Service("Second").End().Flow("Start", "First", "Second", "End")
        );

        play.Complete("First");
        play.Requests.ShouldHaveSingleItem().Process!.Element.ShouldBe("Second");
        play.Complete("Second");

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.History.Select(entry => entry.Type).First().ShouldBe(HistoryTypes.InstanceStarted);
        play.History.Select(entry => entry.Type).Last().ShouldBe(HistoryTypes.InstanceCompleted);
    }

    [Fact]
    public void Task_ids_of_one_instance_differ_even_for_the_same_element()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Exclusive("Merge")
                .Service("Call")
                .Exclusive("Again", "Again_End")
                .End()
                .Flow("Start", "Merge", "Call", "Again", "End")
                .If("Again", "Merge", "=again")
        );
        var first = play.Requests.Single().TaskId;

        play.Complete("Call", new { again = true });

        play.Requests.Single().TaskId.ShouldNotBe(first);
        play.Complete("Call", new { again = false });
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void An_activity_with_two_flows_out_begins_two_branches()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service("A")
                .Service("B")
                .End("EndA")
                .End("EndB")
                .Flow("Start", "A", "EndA")
                .Flow("Start", "B", "EndB")
        );

        play.OpenElements.ShouldBe(["A", "B"]);
        play.Complete("A");
        play.State.Status.ShouldBe(InstanceStatus.Running);
        play.Complete("B");
        play.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public void An_error_end_event_ends_the_instance_as_failed()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service("Other")
                .ErrorEnd("Refused", "REFUSED")
                .End()
                .Flow("Start", "Other", "End")
                .Flow("Start", "Refused")
        );

        play.State.Status.ShouldBe(InstanceStatus.Failed);
        play.State.ErrorCode.ShouldBe("REFUSED");
        var cancellation = play.Cancellations.ShouldHaveSingleItem();
        cancellation.Operation.ShouldBe("rest.request");
        cancellation.ReplyTo.ShouldBe("process-core");
    }

    [Fact]
    public void A_terminate_end_event_ends_everything_else_too()
    {
        var play = Play.Begin(
            new Drawing()
                .Start()
                .Service("Long")
                .Service("Short")
                .End()
                .Terminate("Stop")
                .Flow("Start", "Long", "End")
                .Flow("Start", "Short", "Stop")
        );
        var pending = play.Requests[0].TaskId;

        play.Complete("Short");

        play.State.Status.ShouldBe(InstanceStatus.Completed);
        play.State.Open.ShouldBeEmpty();
        play.Cancellations.ShouldHaveSingleItem().TaskId.ShouldBe(pending);
    }

    [Fact]
    public void The_same_commands_yield_the_same_result()
    {
        static string Run()
        {
            var play = Play.Begin(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
            play.Complete("Call", new { answer = 42 });
            return System.Text.Json.JsonSerializer.Serialize(play.State, StateJson.Default.InstanceState);
        }

        Run().ShouldBe(Run());
    }

    [Fact]
    public void Cancelling_withdraws_the_open_tasks()
    {
        var play = Play.Begin(new Drawing().Start().Service("Call").End().Flow("Start", "Call", "End"));
        var taskId = play.Requests.Single().TaskId;

        play.Do(new Cancel("Customer withdrew."));

        play.State.Status.ShouldBe(InstanceStatus.Cancelled);
        var cancelled = play.Cancellations.ShouldHaveSingleItem();
        cancelled.TaskId.ShouldBe(taskId);
        cancelled.Reason.ShouldBe("Customer withdrew.");
        play.Try(new Cancel("Again.")).ShouldNotBeNull().ShouldContain("ended");
    }
}
