using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Storing;

/// <summary>A change of a failure as it stands in its table.</summary>
internal sealed class HistoryRow
{
    public const string Insert = """
        insert into failure_history (failure_id, at, state, attempt, note, by_whom, verified_by)
        values (@FailureId, @At, @State, @Attempt, @Note, @ByWhom, @VerifiedBy)
        """;

    public string FailureId { get; init; } = "";
    public long At { get; init; }
    public string State { get; init; } = "";
    public long Attempt { get; init; }
    public string Note { get; init; } = "";

    /// <summary>By their own word.</summary>
    public string? ByWhom { get; init; }

    public string? VerifiedBy { get; init; }

    public static HistoryRow From(HistoryEntry entry) =>
        new()
        {
            FailureId = entry.FailureId,
            At = entry.At.ToUnixTimeMilliseconds(),
            State = entry.State.Name(),
            Attempt = entry.Attempt,
            Note = Storable.Text(entry.Note),
            ByWhom = Storable.TextOrNull(entry.By),
            VerifiedBy = Storable.TextOrNull(entry.VerifiedBy),
        };

    public HistoryEntry ToEntry() =>
        new(FailureId, Moment.From(At), FailureStates.Parse(State), (int)Attempt, Note, ByWhom, VerifiedBy);
}
