using Integration.Clients;
using Integration.Standalone.Samples;
using Integration.Standalone.Telling;

namespace Integration.Standalone.Tests;

public sealed class Telling_a_tale
{
    private static readonly DateTimeOffset _now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly Tale _tale = new(
        SampleRun.All.Single(run => run.BusinessKey == "ORDER-1"),
        SampleProcess.All.Single(process => process.Id == "orders-to-several-destinations"),
        "i-1"
    );

    [Fact]
    public void What_is_new_in_the_history_is_told_once_with_the_names_of_the_diagram()
    {
        List<HistoryEntry> history = [Entry("instance.started"), Entry("task.completed", "SendToInvoicing")];

        _tale.Hear(history).Select(line => line.Text).ShouldContain("Send to invoicing: done");
        history.Add(Entry("task.rejected", "SendToCarrier", "NO_ADDRESS: There is no address."));

        _tale.Hear(history).Select(line => line.Text).ShouldBe(["Send to carrier: NO_ADDRESS: There is no address."]);
    }

    [Theory]
    [InlineData("Delivered", true)]
    [InlineData("AllDone", false)]
    public void The_end_that_was_reached_decides(string end, bool expected)
    {
        var lines = _tale.Hear([Entry("element.entered", end), Entry("instance.completed")]).ToList();

        _tale.State.ShouldBe(expected ? TaleState.Ended : TaleState.Wrong);
        lines.ShouldHaveSingleItem().Tone.ShouldBe(expected ? Tone.Good : Tone.Bad);
    }

    [Theory]
    [InlineData("instance.failed")]
    [InlineData("instance.cancelled")]
    public void An_instance_that_did_not_complete_is_wrong(string type)
    {
        _ = _tale.Hear([Entry(type)]).ToList();

        _tale.State.ShouldBe(TaleState.Wrong);
    }

    [Fact]
    public void It_waits_only_when_nothing_can_go_on_without_an_operator()
    {
        _tale.Hear(Waiting(["SendToCarrier", "SendToWarehouse"], "SendToWarehouse"));
        _tale.State.ShouldBe(TaleState.Running);

        _tale.Hear(Waiting(["SendToWarehouse"], "SendToWarehouse"));

        _tale.State.ShouldBe(TaleState.Waiting);
        _tale.Parked.ShouldBe(["f-1"]);
        _tale.Now.ShouldBe("Send to warehouse: waits for an operator");
    }

    [Fact]
    public void A_failure_is_told_from_its_first_error_to_the_answer()
    {
        var error = new FailureError("connectivity", "http-503", "The carrier answered 503.", null, 503);
        var failure = new Failure(
            "f-1",
            "resolved",
            "",
            "",
            [],
            "task",
            "t-1",
            "rest.request",
            "process-core",
            new FailedProcess("orders", "i-1", "SendToCarrier", "ORDER-1"),
            2,
            error,
            "rest",
            null,
            _now,
            _now
        );
        FailedAttempt[] attempts = [new(1, _now, "rest", error)];
        FailureChange[] history =
        [
            Change("retrying", 1, "Again in a second."),
            Change("sent", 2),
            Change("parked", 1),
            Change("resolved", 2),
        ];

        _tale
            .Hear(new FailureDetail(failure, attempts, history, null, null))
            .Select(line => line.Text)
            .ShouldBe([
                "Send to carrier: attempt 1 failed. Again in a second.",
                "Send to carrier: sent again, attempt 2",
                "Send to carrier: waits for an operator. The carrier answered 503.",
            ]);
        _tale.Hear(new FailureDetail(failure, attempts, history, null, null)).ShouldBeEmpty();
    }

    private static HistoryEntry Entry(string type, string? element = null, string? detail = null) =>
        new(_now, type, element, TaskId: null, detail, By: null);

    private static FailureChange Change(string state, int attempt, string note = "") =>
        new(_now, state, attempt, note, By: null, Verified: null, ClaimedBy: null);

    /// <summary>An instance that waits at these elements, one of them with an incident.</summary>
    private static Instance Waiting(string[] open, string incident) =>
        new(
            "i-1",
            "orders",
            1,
            "ORDER-1",
            "running",
            _now,
            null,
            null,
            default,
            [.. open.Select(element => new OpenElement(element, _now, null, null, null, null, null))],
            [new Incident("i-1-1", "parked", "i-1", "orders", "ORDER-1", incident, "x", "X.", _now, "t-1", "f-1")]
        );
}
