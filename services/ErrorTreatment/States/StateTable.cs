using Integration.ErrorTreatment.Failures;
using static Integration.ErrorTreatment.States.Step;

namespace Integration.ErrorTreatment.States;

/// <summary>Every state and every trigger, and what is done. A row per state, a column per <see cref="Trigger"/>.</summary>
/// <remarks>The formatter would not keep the columns, so it leaves the tables alone.</remarks>
internal static class StateTable
{
    // csharpier-ignore
    private static readonly Dictionary<FailureState, Step[]> _tasks = new()
    {
        //                          Errored ErroredLate Due             Answered Retry   GiveUp  Withdrawn
        [FailureState.New]       = [Treat,  Treat,      Ignore,         Ignore,  Refuse, Refuse, Cancel],
        [FailureState.Retrying]  = [Treat,  Record,     Send,           Resolve, Send,   GiveUp, Cancel],
        [FailureState.Sent]      = [Treat,  Record,     ParkUnanswered, Resolve, Refuse, GiveUp, Cancel],
        [FailureState.Parked]    = [Record, Record,     Ignore,         Resolve, Send,   GiveUp, Cancel],
        [FailureState.Resolved]  = [Record, Record,     Ignore,         Ignore,  Refuse, Refuse, Ignore],
        [FailureState.GivenUp]   = [Record, Record,     Ignore,         Ignore,  Refuse, Refuse, Ignore],
        [FailureState.Cancelled] = [Record, Record,     Ignore,         Ignore,  Refuse, Refuse, Ignore],
    };

    // A message gets no answer: published again, it is resolved when it has not come back in a while. Coming back is
    // the only news there is of it, so that reopens what was closed; while it waits it is the same message once more.
    // csharpier-ignore
    private static readonly Dictionary<FailureState, Step[]> _messages = new()
    {
        //                          Errored ErroredLate Due      Answered Retry   GiveUp  Withdrawn
        [FailureState.New]       = [Treat,  Treat,      Ignore,  Ignore,  Refuse, Refuse, Cancel],
        [FailureState.Retrying]  = [Record, Record,     Send,    Ignore,  Send,   GiveUp, Cancel],
        [FailureState.Sent]      = [Treat,  Treat,      Resolve, Ignore,  Refuse, GiveUp, Cancel],
        [FailureState.Parked]    = [Record, Record,     Ignore,  Ignore,  Send,   GiveUp, Cancel],
        [FailureState.Resolved]  = [Treat,  Treat,      Ignore,  Ignore,  Refuse, Refuse, Ignore],
        [FailureState.GivenUp]   = [Treat,  Treat,      Ignore,  Ignore,  Refuse, Refuse, Ignore],
        [FailureState.Cancelled] = [Record, Record,     Ignore,  Ignore,  Refuse, Refuse, Ignore],
    };

    public static Step Step(FailureKind kind, FailureState state, Trigger trigger) =>
        (kind == FailureKind.Task ? _tasks : _messages)[state][(int)trigger];

    /// <summary>Whether an operator may do it.</summary>
    public static bool Allows(Failure failure, Trigger trigger) =>
        Step(failure.Kind, failure.State, trigger) != Refuse
        && (trigger != Trigger.Retry || failure.Unsendable is null);
}
