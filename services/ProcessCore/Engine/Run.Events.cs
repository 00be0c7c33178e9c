using System.Text.Json;
using Integration.Contracts;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Engine;

/// <summary>Timers, deadlines and messages.</summary>
internal sealed partial class Run
{
    private string? FireDue()
    {
        var due = _open
            .SelectMany(element => element.Timers.Select(timer => (element.Key, Timer: timer)))
            .Where(pair => pair.Timer.Due <= now)
            .OrderBy(pair => pair.Timer.Due)
            .ThenBy(pair => pair.Key)
            .ToList();
        foreach (var (key, timer) in due)
        {
            // A timer that fired before may have ended its element.
            if (_status == InstanceStatus.Running && _open.Find(element => element.Key == key) is { } element)
                Fire(element, timer);
        }

        foreach (var element in _open.Where(IsOverdue).ToList())
            Overdue(element);
        return null;
    }

    private bool IsOverdue(OpenElement element) =>
        element.Task is { } task
        && task.Deadline <= now
        && !_incidents.Exists(incident => incident.OpenKey == element.Key);

    private void Fire(OpenElement element, OpenTimer timer)
    {
        Note(HistoryTypes.TimerFired, timer.Event);
        if (Model.Nodes[timer.Event] is not BoundaryEvent boundary)
        {
            Leave(element, Json.EmptyObject);
            return;
        }

        if (boundary.Interrupting)
            Interrupt(element, boundary);
        else
            Replace(element with { Timers = [.. element.Timers.Where(other => other != timer)] });
        Fire(boundary, Json.EmptyObject, inputs: null);
    }

    private void Interrupt(OpenElement element, BoundaryEvent boundary)
    {
        Note(HistoryTypes.ElementInterrupted, element.Element, detail: $"by {boundary.Id}");
        Resolve(element);
        if (element.Task is not null)
            Withdraw(element, $"The boundary event {boundary.Id} has interrupted it.");
        Close(element);
    }

    /// <summary>A token begins at a boundary event.</summary>
    private void Fire(BoundaryEvent boundary, JsonElement outcome, JsonElement? inputs)
    {
        Note(HistoryTypes.ElementEntered, boundary.Id);
        Leave(new OpenElement(++_lastKey, boundary.Id, now) { Inputs = inputs }, outcome);
    }

    private void Overdue(OpenElement element)
    {
        var request = RequestOf(element);
        var message =
            $"No service has answered the operation {request.Operation} by its deadline. "
            + "Check that a service for it runs; repair the task in error treatment.";
        Note(HistoryTypes.TaskOverdue, element.Element, request.TaskId);
        Replace(element with { Task = element.Task! with { Overdue = true } });
        Raise(IncidentKind.NoAnswer, element.Element, ErrorCodes.NoAnswer, message, element);
        _outgoing.Add(
            new ReportError(
                new TaskErrored(
                    new ErrorInfo(ErrorCategory.Connectivity, ErrorCodes.NoAnswer, message),
                    now,
                    settings.Service,
                    request.TaskId,
                    request.Attempt,
                    request.Operation,
                    request
                )
            )
        );
    }

    private string? Deliver(DeliverMessage message)
    {
        var element = _open.Find(candidate => candidate.Key == message.Key && candidate.Message is not null);
        if (element is null)
            return "The element no longer waits for a message.";
        Note(HistoryTypes.MessageReceived, element.Element, detail: element.Message!.Name);
        Leave(element, message.Variables);
        return null;
    }

    private IReadOnlyList<OpenTimer> BoundaryTimers(string activity) =>
        [
            .. Model
                .Boundaries(activity)
                .Where(boundary => boundary.EventDefinition is TimerEventDefinition)
                .Select(boundary => new OpenTimer(
                    boundary.Id,
                    Due((TimerEventDefinition)boundary.EventDefinition, boundary.Id)
                )),
        ];

    private DateTimeOffset Due(TimerEventDefinition timer, string element)
    {
        var text = new Scope(_variables, _time).Text(timer.Value, $"the timer {element}");
        try
        {
            if (timer.Kind == TimerKind.Duration && IsoDuration.TryParse(text, out var duration))
                return now + duration;
            if (timer.Kind == TimerKind.Date && Moment.TryParse(text, out var moment))
                return moment;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the calendar: as unusable as no date at all.
        }

        throw new UnusableValueException(
            "unusable-timer",
            $"The timer {element} yields \"{text}\", which is no ISO 8601 {timer.Kind.ToString().ToLowerInvariant()}. "
                + "Correct the variables and retry."
        );
    }

    private void Replace(OpenElement element) =>
        _open[_open.FindIndex(candidate => candidate.Key == element.Key)] = element;
}
