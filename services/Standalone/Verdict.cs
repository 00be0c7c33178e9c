using Integration.Standalone.Clients;
using Integration.Standalone.Telling;

namespace Integration.Standalone;

/// <summary>Whether everything went as it should, by the processes' ends and by the sample systems' own ledger.</summary>
internal static class Verdict
{
    public static async Task<bool> SayAsync(
        IScreen screen,
        IReadOnlyList<Tale> tales,
        SamplesClient samples,
        CancellationToken cancellation
    )
    {
        var reasons = tales
            .Where(tale => tale.State != TaleState.Ended)
            .Select(tale => $"{tale.Run.Definition} {tale.Run.BusinessKey} did not end as expected: {tale.Now}")
            .ToList();
        var effects = await samples.LedgerAsync(cancellation);
        reasons.AddRange(
            effects
                .GroupBy(effect => (effect.System, effect.About))
                .Where(group => group.Count() > 1)
                .Select(group => $"{group.Key.System} did {group.Key.About} {group.Count()} times.")
        );

        screen.Say();
        foreach (var reason in reasons)
            screen.Say(screen.Paint.Bad($"Wrong: {reason}"));
        if (reasons.Count == 0)
            screen.Say(
                screen.Paint.Good(
                    $"All {tales.Count} processes reached the expected end; "
                        + $"{effects.Count} effects in the sample systems, each done once."
                )
            );
        return reasons.Count == 0;
    }
}
