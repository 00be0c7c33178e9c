namespace Integration.ErrorTreatment.Failures;

/// <summary>States as they are written: in the database, in the API, in logs.</summary>
internal static class FailureStates
{
    /// <summary>What an operator can see and filter by.</summary>
    public static IReadOnlyList<FailureState> Visible { get; } =
    [
        FailureState.Retrying,
        FailureState.Sent,
        FailureState.Parked,
        FailureState.Resolved,
        FailureState.GivenUp,
        FailureState.Cancelled,
    ];

    public static string Name(this FailureState state) =>
        state switch
        {
            FailureState.New => "new",
            FailureState.Retrying => "retrying",
            FailureState.Sent => "sent",
            FailureState.Parked => "parked",
            FailureState.Resolved => "resolved",
            FailureState.GivenUp => "given-up",
            FailureState.Cancelled => "cancelled",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state."),
        };

    public static FailureState Parse(string name) =>
        name == FailureState.New.Name() ? FailureState.New : Visible.Single(state => state.Name() == name);

    /// <summary>Nothing more can come of it.</summary>
    public static bool IsClosed(this FailureState state) =>
        state is FailureState.Resolved or FailureState.GivenUp or FailureState.Cancelled;
}
