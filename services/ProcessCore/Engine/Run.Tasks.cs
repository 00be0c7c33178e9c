using System.Text.Json;
using Integration.Contracts;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Engine;

/// <summary>What is heard of tasks.</summary>
internal sealed partial class Run
{
    /// <summary>Code of the error that a boundary event must name to take a task that was given up.</summary>
    public const string TechnicalFailure = "TECHNICAL_FAILURE";

    /// <summary>The first final event of a task closes it; whatever comes later finds it closed.</summary>
    private string? Answered(int key, Action<OpenElement> answer)
    {
        var element = _open.Find(candidate => candidate.Key == key && candidate.Task is not null);
        if (element is null)
        {
            Note(
                HistoryTypes.ResultIgnored,
                taskId: TaskIds.Of(state.Id, key),
                detail: "The instance does not wait for it."
            );
            return null;
        }

        Resolve(element);
        if (element.Task!.Overdue)
            Withdraw(element, "It was answered late.");
        answer(element);
        return null;
    }

    private void Complete(OpenElement element, JsonElement outputs)
    {
        Note(HistoryTypes.TaskCompleted, element.Element, element.Task!.Id);
        Leave(element, outputs);
    }

    private void Reject(OpenElement element, BusinessError error)
    {
        Note(HistoryTypes.TaskRejected, element.Element, element.Task!.Id, $"{error.Code}: {error.Message}");
        if ((Handler(element, error.Code) ?? Handler(element, code: null)) is { } handler)
            Catch(element, handler, error);
        else
            Block(
                element,
                IncidentKind.UncaughtError,
                error.Code,
                $"No boundary event takes the error {error.Code}: {error.Message} Retry the task, or cancel the instance."
            );
    }

    private void Fail(OpenElement element, ErrorInfo error, string? failureId)
    {
        Note(HistoryTypes.TaskFailed, element.Element, element.Task!.Id, $"{error.Code}: {error.Message}");
        if (Handler(element, TechnicalFailure) is { } handler)
            Catch(element, handler, new BusinessError(TechnicalFailure, error.Message, Details(error)));
        else
            Block(element, IncidentKind.Failed, error.Code, error.Message, failureId);
    }

    private string? Park(ParkTask parked)
    {
        var element = _open.Find(candidate => candidate.Key == parked.Key && candidate.Task is not null);
        if (element is null)
        {
            Note(
                HistoryTypes.ResultIgnored,
                taskId: TaskIds.Of(state.Id, parked.Key),
                detail: "The instance does not wait for it."
            );
            return null;
        }

        // What was reported before, by us or by treatment, is the same trouble.
        _incidents.RemoveAll(incident => incident.OpenKey == element.Key);
        Raise(IncidentKind.Parked, element.Element, parked.Error.Code, parked.Error.Message, element, parked.FailureId);
        return null;
    }

    private BoundaryEvent? Handler(OpenElement element, string? code) =>
        Model
            .Boundaries(element.Element)
            .FirstOrDefault(boundary => boundary.EventDefinition is ErrorEventDefinition error && error.Code == code);

    private void Catch(OpenElement element, BoundaryEvent boundary, BusinessError error)
    {
        Close(element);
        Fire(boundary, Json.Object([new("error", ErrorVariable(error))]), element.Inputs);
    }

    /// <summary>The task is over and its element cannot go on.</summary>
    private void Block(OpenElement element, IncidentKind kind, string code, string message, string? failureId = null)
    {
        var taskId = element.Task!.Id;
        Close(element);
        var blocked = element with { Phase = Phase.Entering, Task = null, Inputs = null, Timers = [] };
        _open.Add(blocked);
        Raise(kind, element.Element, code, message, element, failureId, taskId);
    }

    /// <summary>Services and error treatment learn that the instance no longer waits.</summary>
    private void Withdraw(OpenElement element, string reason)
    {
        var task = (ServiceTask)Model.Nodes[element.Element];
        Note(HistoryTypes.TaskCancelled, element.Element, element.Task!.Id, reason);
        _outgoing.Add(new CancelTask(new TaskCancelled(element.Task.Id, task.Operation, now, reason, settings.Name)));
    }

    private static JsonElement ErrorVariable(BusinessError error) =>
        Json.Object([
            new("code", Json.Text(error.Code)),
            new("message", Json.Text(error.Message)),
            new("data", error.Data ?? Json.Null),
        ]);

    private static JsonElement Details(ErrorInfo error) =>
        Json.Object([
            new("category", Json.Text(RoutingKeys.Name(error.Category))),
            new("code", Json.Text(error.Code)),
            new("target", error.Target is null ? Json.Null : Json.Text(error.Target)),
            new("details", error.Details ?? Json.Null),
        ]);
}
