namespace Integration.ErrorTreatment.Api;

/// <summary>A page of failures, newest first.</summary>
/// <param name="Failures">The page.</param>
/// <param name="Counts">How many there are by state, over all pages.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; absent on the last one.</param>
internal sealed record FailureList(
    IReadOnlyList<FailureView> Failures,
    IReadOnlyDictionary<string, long> Counts,
    string? Next
);
