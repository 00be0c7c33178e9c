namespace Integration.Sdk.Tests.Journal;

public sealed class JournalVerdictTests
{
    private const long Now = 1_000;
    private static readonly byte[] _fingerprint = [1, 2, 3];

    // state, its attempt, its owner, expires | attempt delivered, after doubt, shared | verdict for the same request
    [Theory]
    [InlineData(null, 0, "", 0, 1, false, false, "Execute")]
    [InlineData("Completed", 1, "me", 0, 1, false, false, "Replay")]
    [InlineData("Completed", 2, "me", 0, 1, false, false, "Replay")]
    [InlineData("Completed", 1, "other", 0, 2, false, true, "Replay")]
    [InlineData("Completed", 1, "me", 0, 2, true, false, "Replay")]
    [InlineData("Rejected", 1, "me", 0, 2, false, false, "Replay")]
    [InlineData("Failed", 1, "me", 0, 2, false, false, "Replay")]
    [InlineData("Errored", 1, "me", 0, 1, false, false, "Replay")]
    [InlineData("Errored", 2, "me", 0, 1, false, false, "Replay")]
    [InlineData("Errored", 1, "me", 0, 2, false, false, "Execute")]
    [InlineData("Intent", 1, "me", 2_000, 1, false, false, "InDoubt")]
    [InlineData("Intent", 1, "me", 2_000, 1, false, true, "InDoubt")]
    [InlineData("Intent", 1, "other", 2_000, 1, false, false, "InDoubt")]
    [InlineData("Intent", 1, "other", 2_000, 1, false, true, "Wait")]
    [InlineData("Intent", 1, "other", 2_000, 2, false, true, "Wait")]
    [InlineData("Intent", 1, "other", 999, 1, false, true, "InDoubt")]
    [InlineData("Intent", 1, "other", 999, 2, false, true, "InDoubt")]
    [InlineData("Intent", 1, "other", 999, 2, true, true, "InDoubt")]
    [InlineData("InDoubt", 1, "me", 0, 1, false, false, "Replay")]
    [InlineData("InDoubt", 1, "me", 0, 1, true, false, "Replay")]
    [InlineData("InDoubt", 1, "me", 0, 2, false, false, "InDoubt")]
    [InlineData("InDoubt", 1, "me", 0, 2, true, false, "Execute")]
    public void Each_state_of_the_journal_leads_to_one_verdict(
        string? state,
        int attempt,
        string owner,
        long expires,
        int delivered,
        bool afterDoubt,
        bool shared,
        string verdict
    )
    {
        var entry = Entry(state, attempt, owner, expires, _fingerprint);

        Verdict(entry, _fingerprint, delivered, afterDoubt, shared).ShouldBe(verdict);
    }

    // state, its attempt, its owner, expires | attempt delivered, after doubt, shared | verdict for another request
    [Theory]
    [InlineData("Completed", 1, "me", 0, 1, false, false, "IdInUse")]
    [InlineData("Completed", 1, "me", 0, 2, false, false, "IdInUse")]
    [InlineData("Completed", 1, "me", 0, 2, true, false, "IdInUse")]
    [InlineData("Completed", 2, "other", 0, 1, false, true, "IdInUse")]
    [InlineData("Rejected", 1, "me", 0, 2, false, false, "IdInUse")]
    [InlineData("Failed", 1, "me", 0, 2, false, false, "IdInUse")]
    [InlineData("Errored", 1, "me", 0, 1, false, false, "IdInUse")]
    [InlineData("Errored", 2, "me", 0, 1, false, false, "IdInUse")]
    [InlineData("Errored", 1, "me", 0, 2, false, false, "Execute")]
    [InlineData("Intent", 1, "me", 2_000, 1, false, false, "IdInUse")]
    [InlineData("Intent", 1, "me", 2_000, 2, false, false, "IdInUse")]
    [InlineData("Intent", 1, "other", 2_000, 1, false, true, "IdInUse")]
    [InlineData("Intent", 1, "other", 2_000, 2, false, true, "Wait")]
    [InlineData("Intent", 2, "other", 2_000, 1, false, true, "IdInUse")]
    [InlineData("Intent", 1, "other", 999, 1, false, true, "IdInUse")]
    [InlineData("Intent", 1, "other", 999, 2, true, true, "IdInUse")]
    [InlineData("InDoubt", 1, "me", 0, 1, false, false, "IdInUse")]
    [InlineData("InDoubt", 1, "me", 0, 1, true, false, "IdInUse")]
    [InlineData("InDoubt", 1, "me", 0, 2, false, false, "IdInUse")]
    [InlineData("InDoubt", 1, "me", 0, 2, true, false, "Execute")]
    public void Another_request_with_the_same_id_is_refused_unless_it_may_replace_the_one_before(
        string state,
        int attempt,
        string owner,
        long expires,
        int delivered,
        bool afterDoubt,
        bool shared,
        string verdict
    )
    {
        var entry = Entry(state, attempt, owner, expires, _fingerprint);

        Verdict(entry, [3, 2, 1], delivered, afterDoubt, shared).ShouldBe(verdict);
    }

    [Theory]
    [InlineData("Completed", "Replay")]
    [InlineData("Rejected", "Replay")]
    [InlineData("Failed", "Replay")]
    [InlineData("Errored", "Replay")]
    [InlineData("InDoubt", "Replay")]
    [InlineData("Intent", "InDoubt")]
    public void A_row_of_the_release_before_fits_any_request(string state, string verdict) =>
        Verdict(Entry(state, 1, "other", 0, fingerprint: null), _fingerprint, 1, afterDoubt: false, shared: true)
            .ShouldBe(verdict);

    private static JournalEntry? Entry(string? state, int attempt, string owner, long expires, byte[]? fingerprint) =>
        state is null
            ? null
            : new JournalEntry(
                "t",
                attempt,
                Enum.Parse<JournalState>(state),
                owner,
                expires,
                Outcome: null,
                fingerprint
            );

    private static string Verdict(
        JournalEntry? entry,
        byte[] fingerprint,
        int delivered,
        bool afterDoubt,
        bool shared
    ) =>
        JournalVerdicts
            .Of(entry, entry?.Fits(fingerprint) != false, delivered, afterDoubt, "me", shared, Now)
            .ToString();
}
