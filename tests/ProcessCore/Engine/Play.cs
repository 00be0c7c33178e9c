using System.Text.Json;
using Integration.Contracts;
using Integration.ProcessCore.Bpmn;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Tests.Engine;

/// <summary>One process instance under the test's control: no clock, no bus, no database.</summary>
internal sealed class Play
{
    private readonly ProcessDefinition _definition;
    private readonly ProcessEngine _engine = new(
        new EngineSettings("process-core", new ServiceReference("process-core"), TimeSpan.FromHours(1))
    );

    private Play(Drawing drawing, TaskInputs inputs)
    {
        var reading = BpmnReader.Read(drawing.Xml, inputs: inputs);
        reading.Problems.ShouldBeEmpty();
        _definition = new ProcessDefinition(1, reading.Model!);
    }

    public InstanceState State { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.Parse("2026-12-01T10:00:00Z");

    /// <summary>The events of the last command.</summary>
    public IReadOnlyList<OutgoingEvent> Outgoing { get; private set; } = [];

    public List<HistoryEntry> History { get; } = [];

    /// <summary>The tasks that the last command has asked for.</summary>
    public IReadOnlyList<TaskRequested> Requests => [.. Outgoing.OfType<RequestTask>().Select(one => one.Event)];

    public IReadOnlyList<TaskCancelled> Cancellations => [.. Outgoing.OfType<CancelTask>().Select(one => one.Event)];

    public IEnumerable<string> OpenElements => State.Open.Select(element => element.Element);

    public static Play Begin(
        Drawing drawing,
        object? variables = null,
        string? message = null,
        TaskInputs inputs = TaskInputs.Mapped
    )
    {
        var play = new Play(drawing, inputs);
        var start = message is null
            ? play._definition.Model.PlainStart!
            : play._definition.Model.MessageStarts.First(start => start.Message == message);
        var command = new Start(
            "0198f3c2-0000-7000-8000-000000000001",
            start.Id,
            Json(variables ?? new { }),
            BusinessKey: "CR-17"
        );
        play.Take(play._engine.Start(play._definition, command, play.Now));
        return play;
    }

    public void Complete(string element, object? outputs = null) =>
        Do(new CompleteTask(Key(element), Json(outputs ?? new { })));

    public void Reject(string element, string code, object? data = null) =>
        Do(
            new RejectTask(Key(element), new BusinessError(code, $"{code} happened.", data is null ? null : Json(data)))
        );

    public void Fail(string element) =>
        Do(
            new FailTask(
                Key(element),
                new ErrorInfo(ErrorCategory.Connectivity, "connection-refused", "Nobody listens."),
                "failure-1"
            )
        );

    public void Park(string element) =>
        Do(
            new ParkTask(
                Key(element),
                new ErrorInfo(ErrorCategory.Access, "forbidden", "The key has expired."),
                "failure-1"
            )
        );

    public void Deliver(string element, object? variables = null) =>
        Do(new DeliverMessage(Key(element), Json(variables ?? new { })));

    public void Wait(TimeSpan time)
    {
        Now += time;
        Do(new PassTime());
    }

    public int Key(string element) => State.Open.First(open => open.Element == element).Key;

    public string? Try(Command command)
    {
        var transition = _engine.Apply(_definition, State, command, Now);
        if (transition.Refusal is null)
            Take(transition);
        return transition.Refusal;
    }

    public void Do(Command command) => Try(command).ShouldBeNull();

    public string Variable(string name) => State.Variables[name].GetRawText();

    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    private void Take(Transition transition)
    {
        // Through its stored form, so that nothing survives only in memory.
        var stored = JsonSerializer.SerializeToUtf8Bytes(transition.State, StateJson.Default.InstanceState);
        State = JsonSerializer.Deserialize(stored, StateJson.Default.InstanceState)!;
        Outgoing = transition.Outgoing;
        History.AddRange(transition.History);
    }
}
