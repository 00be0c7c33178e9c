namespace Integration.Sdk.Tests.Journal;

public sealed class JournalVerdictTests
{
    private const long Now = 1_000;

    // state, its attempt, its owner, expires | attempt delivered, after doubt, shared | verdict
    [Theory]
    [InlineData(null, 0, "", 0, 1, false, false, "Execute")]
    [InlineData("Completed", 1, "me", 0, 1, false, false, "Replay")]
    [InlineData("Completed", 1, "other", 0, 2, false, true, "Replay")]
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
        var entry = state is null
            ? null
            : new JournalEntry("t", attempt, Enum.Parse<JournalState>(state), owner, expires, Outcome: null);

        JournalVerdicts.Of(entry, delivered, afterDoubt, "me", shared, Now).ToString().ShouldBe(verdict);
    }
}
