using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;

namespace Integration.ErrorTreatment.Storing;

/// <summary>What became of an occurrence.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Failure">The failure that it concerned; null when there is none.</param>
/// <param name="State">The state that followed.</param>
internal sealed record AppliedStep(Step Step, Failure? Failure, FailureState State)
{
    /// <summary>Why it was not applied to the failure that it names, when it contradicts that.</summary>
    public ErrorInfo? Contradiction { get; init; }

    public static AppliedStep Nothing { get; } = new(Step.Ignore, null, FailureState.New);
}
