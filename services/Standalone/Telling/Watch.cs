using Integration.Clients;

namespace Integration.Standalone.Telling;

/// <summary>Follows the started samples by what the services' own HTTP APIs say.</summary>
/// <param name="tales">The samples.</param>
/// <param name="pause">How long between two looks.</param>
/// <param name="core">Where they run.</param>
/// <param name="treatment">Where their failures are.</param>
/// <param name="screen">Where it is shown.</param>
internal sealed class Watch(
    IReadOnlyList<Tale> tales,
    TimeSpan pause,
    IProcessCoreApi core,
    IErrorTreatmentApi treatment,
    IScreen screen
)
{
    /// <summary>Shows what happens until <paramref name="enough"/> says so.</summary>
    public async Task UntilAsync(Func<bool> enough, CancellationToken cancellation)
    {
        while (true)
        {
            await LookAsync(cancellation);
            if (enough())
                return;
            await Task.Delay(pause, cancellation);
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

        // Failures first: a retry that has ended the process by now would otherwise be shown after its end.
        var lines = new List<Line>();
        foreach (var failure in (await treatment.FailuresAsync(cancellation: cancellation)).Failures)
        {
            if (open.Find(tale => tale.InstanceId == failure.Process?.InstanceId) is { } tale)
                lines.AddRange(tale.Hear(await treatment.FailureAsync(failure.Id, cancellation)));
        }

        foreach (var tale in open)
            lines.AddRange(tale.Hear(await core.HistoryAsync(tale.InstanceId, cancellation)));
        foreach (var tale in open)
            tale.Hear(await core.InstanceAsync(tale.InstanceId, cancellation));
        foreach (var line in lines.OrderBy(line => line.At))
            screen.Tell(line);
        screen.Show(tales);
    }
}
