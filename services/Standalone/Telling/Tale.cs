using Integration.Clients;
using Integration.Standalone.Samples;

namespace Integration.Standalone.Telling;

/// <summary>One started sample, and how far it has come.</summary>
internal sealed class Tale(SampleRun run, SampleProcess process, string instanceId)
{
    private readonly Dictionary<string, int> _failuresSeen = new(StringComparer.Ordinal);
    private int _historySeen;
    private string? _lastElement;

    public SampleRun Run => run;

    public string InstanceId => instanceId;

    public TaleState State { get; private set; } = TaleState.Running;

    /// <summary>What it is doing, or how it ended, in a few words.</summary>
    public string Now { get; private set; } = "started";

    /// <summary>Error treatment's failures that wait for an operator.</summary>
    public IReadOnlyList<string> Parked { get; private set; } = [];

    public bool IsOver => State is TaleState.Ended or TaleState.Wrong;

    /// <summary>Takes how the instance stands. It waits when nothing in it can go on without an operator.</summary>
    public void Hear(Instance instance)
    {
        if (IsOver)
            return;
        Parked = [.. instance.Incidents.Select(incident => incident.FailureId).OfType<string>()];
        var stuck = instance.Open.Where(open => instance.Incidents.Any(incident => incident.Element == open.Element));
        State = instance.Open.Count > 0 && stuck.Count() == instance.Open.Count ? TaleState.Waiting : TaleState.Running;
        if (State == TaleState.Waiting)
            Now = $"{process.NameOf(instance.Incidents[0].Element)}: waits for an operator";
    }

    /// <summary>Takes what is new in the core's history.</summary>
    public IEnumerable<Line> Hear(IReadOnlyList<HistoryEntry> history)
    {
        foreach (var entry in history.Skip(_historySeen).ToList())
        {
            _historySeen++;
            if (Hear(entry) is { } line)
                yield return line;
        }
    }

    /// <summary>Takes what is new in error treatment's record of a task of this instance.</summary>
    public IEnumerable<Line> Hear(FailureDetail detail)
    {
        var seen = _failuresSeen.GetValueOrDefault(detail.Failure.Id);
        foreach (var entry in detail.History.Skip(seen))
        {
            _failuresSeen[detail.Failure.Id] = ++seen;
            if (Hear(entry, detail) is { } line)
                yield return line;
        }
    }

    private Line? Hear(HistoryEntry entry)
    {
        var name = process.NameOf(entry.Element);
        switch (entry.Type)
        {
            case "instance.started":
                return Tell(entry.At, Tone.Plain, $"started: {run.Story}");
            case "element.entered":
                _lastElement = entry.Element;
                return null;
            case "task.requested":
                Now = name;
                return null;
            case "task.completed":
                return Tell(entry.At, Tone.Plain, $"{name}: done");
            case "task.rejected":
                return Tell(entry.At, Tone.Plain, $"{name}: {entry.Detail}");
            case "instance.completed":
                return End(entry.At, _lastElement);
            case "instance.failed" or "instance.cancelled":
                State = TaleState.Wrong;
                return Tell(entry.At, Tone.Bad, $"{entry.Type}: {entry.Detail}");
            default:
                return null;
        }
    }

    private Line End(DateTimeOffset at, string? element)
    {
        State = element == run.Ends ? TaleState.Ended : TaleState.Wrong;
        return State == TaleState.Ended
            ? Tell(at, Tone.Good, $"ended: {run.Meaning}")
            : Tell(at, Tone.Bad, $"ended at \"{process.NameOf(element)}\" instead of \"{process.NameOf(run.Ends)}\"");
    }

    private Line? Hear(FailureChange entry, FailureDetail detail)
    {
        var name = process.NameOf(detail.Failure.Process?.Element);
        var error = detail.Attempts.LastOrDefault(attempt => attempt.Attempt == entry.Attempt)?.Error;
        return entry.State switch
        {
            "parked" => Tell(entry.At, Tone.Trouble, $"{name}: waits for an operator. {error?.Message}"),
            "retrying" => Tell(entry.At, Tone.Plain, $"{name}: attempt {entry.Attempt} failed. {entry.Note}"),
            "sent" => Tell(entry.At, Tone.Plain, $"{name}: sent again, attempt {entry.Attempt}"),
            _ => null,
        };
    }

    private Line Tell(DateTimeOffset at, Tone tone, string text)
    {
        Now = text;
        return new Line(at, run.BusinessKey, tone, text);
    }
}
