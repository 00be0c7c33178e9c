using Integration.Standalone.Clients;

namespace Integration.Standalone.Telling;

/// <summary>Follows the started samples by what the services' own HTTP APIs tell.</summary>
internal sealed class Watch(IReadOnlyList<Tale> tales, CoreClient core, TreatmentClient treatment, IScreen screen)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows what happens until <paramref name="enough"/> says so.</summary>
    public async Task UntilAsync(Func<bool> enough, CancellationToken cancellation)
    {
        while (true)
        {
            await LookAsync(cancellation);
            if (enough())
                return;
            await Task.Delay(_pause, cancellation);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var open = tales.Where(tale => !tale.IsOver).ToList();
        if (open.Count == 0)
        {
            screen.Show(tales);
            return;
        }

        // Failures first: a retry that has ended the process by now would be told after its end otherwise.
        var lines = new List<Line>();
        foreach (var failure in await treatment.ListAsync(cancellation))
        {
            if (open.Find(tale => tale.InstanceId == failure.Process?.InstanceId) is { } tale)
                lines.AddRange(tale.Hear(await treatment.ShowAsync(failure.Id, cancellation)));
        }

        foreach (var tale in open)
            lines.AddRange(tale.Hear(await core.HistoryAsync(tale.InstanceId, cancellation)));
        foreach (var tale in open)
            tale.Hear(await core.ShowAsync(tale.InstanceId, cancellation));
        foreach (var line in lines.OrderBy(line => line.At))
            screen.Tell(line);
        screen.Show(tales);
    }
}
