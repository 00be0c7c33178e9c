using System.Text;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

public sealed class StateTableTests
{
    private static IEnumerable<(FailureKind Kind, FailureState State, Trigger Trigger)> Everything =>
        from kind in Enum.GetValues<FailureKind>()
        from state in Enum.GetValues<FailureState>()
        from trigger in Enum.GetValues<Trigger>()
        select (kind, state, trigger);

    [Fact]
    public void Every_state_has_an_answer_to_every_trigger()
    {
        var text = new StringBuilder();
        foreach (var (kind, state, trigger) in Everything)
            text.Append($"{kind} {state} + {trigger}: {StateTable.Step(kind, state, trigger)}\n");
        Snapshot.Match(text.ToString(), "tests/ErrorTreatment/StateTable.txt", "tests/ErrorTreatment");
    }

    [Fact]
    public void What_is_closed_is_never_sent_and_never_given_up()
    {
        foreach (var (kind, state, trigger) in Everything.Where(row => row.State.IsClosed()))
            StateTable
                .Step(kind, state, trigger)
                .ShouldNotBeOneOf(Step.Send, Step.GiveUp, Step.Resolve, Step.ParkUnanswered, Step.Cancel);
    }

    [Fact]
    public void Only_an_operator_is_refused()
    {
        foreach (var (kind, state, trigger) in Everything)
            if (trigger is not (Trigger.Retry or Trigger.GiveUp))
                StateTable.Step(kind, state, trigger).ShouldNotBe(Step.Refuse);
    }

    [Fact]
    public void What_waits_for_nothing_by_itself_can_be_ended_by_an_operator()
    {
        foreach (var state in FailureStates.Visible.Where(state => !state.IsClosed()))
        foreach (var kind in Enum.GetValues<FailureKind>())
            StateTable.Step(kind, state, Trigger.GiveUp).ShouldBe(Step.GiveUp);
    }
}
