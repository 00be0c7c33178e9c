namespace Integration.ProcessCore.Engine;

/// <summary>What a person must look at, and how it goes on afterwards.</summary>
internal sealed partial class Run
{
    /// <summary>Does something that depends on expressions; when they yield nothing usable, the element stays and waits.</summary>
    private void Try(OpenElement element, Action step)
    {
        try
        {
            step();
        }
        catch (UnusableValueException e)
        {
            Close(element);
            _open.Add(element);
            Raise(IncidentKind.Expression, element.Element, e.Code, e.Message, element);
        }
    }

    private void Raise(
        IncidentKind kind,
        string element,
        string code,
        string message,
        OpenElement? open = null,
        string? failureId = null,
        string? taskId = null
    )
    {
        taskId ??= open?.Task?.Id;
        _incidents.Add(new Incident(++_lastKey, kind, element, code, message, now, open?.Key, taskId, failureId));
        Note(HistoryTypes.IncidentRaised, element, taskId, $"{code}: {message}");
    }

    private void Resolve(OpenElement element)
    {
        if (_incidents.RemoveAll(incident => incident.OpenKey == element.Key) > 0)
            Note(HistoryTypes.IncidentResolved, element.Element, element.Task?.Id);
    }

    private string? Retry(int key)
    {
        if (_incidents.Find(candidate => candidate.Key == key) is not { } incident)
            return "There is no such incident; it may have been resolved.";
        if (_waysOut.TryGetValue(incident.Kind, out var wayOut))
            return wayOut;

        var element = _open.Find(candidate => candidate.Key == incident.OpenKey)!;
        _incidents.Remove(incident);
        Note(HistoryTypes.IncidentRetried, incident.Element, incident.TaskId, by: _by);
        Close(element);
        if (element.Phase == Phase.Leaving)
            Try(element, () => Leave(element));
        else
            // With a number of its own: the task that was given up had the old one.
            Enter(element with { Key = ++_lastKey, Since = now });
        return null;
    }

    private static readonly Dictionary<IncidentKind, string> _waysOut = new()
    {
        [IncidentKind.Parked] = "The task waits in error treatment: retry it there.",
        [IncidentKind.NoAnswer] = "The task waits in error treatment: retry it there.",
        [IncidentKind.Stuck] = "Nothing can be repeated: cancel the instance and correct the process.",
    };
}
