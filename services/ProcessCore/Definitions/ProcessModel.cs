namespace Integration.ProcessCore.Definitions;

/// <summary>A process as it was read from BPMN: what can be executed, and nothing else of the file.</summary>
/// <param name="Id">The BPMN process id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Nodes">By element id.</param>
/// <param name="Flows">In the order in which a node evaluates or takes them.</param>
internal sealed record ProcessModel(
    string Id,
    string? Name,
    IReadOnlyDictionary<string, FlowNode> Nodes,
    IReadOnlyList<SequenceFlow> Flows
)
{
    private readonly ILookup<string, SequenceFlow> _outgoing = Flows.ToLookup(flow => flow.Source);
    private readonly ILookup<string, SequenceFlow> _incoming = Flows.ToLookup(flow => flow.Target);
    private readonly ILookup<string, BoundaryEvent> _boundaries = Nodes
        .Values.OfType<BoundaryEvent>()
        .ToLookup(boundary => boundary.AttachedTo);

    /// <summary>Where a token goes that leaves the node.</summary>
    public IEnumerable<SequenceFlow> Outgoing(string node) => _outgoing[node];

    /// <summary>Where tokens come from.</summary>
    public IEnumerable<SequenceFlow> Incoming(string node) => _incoming[node];

    /// <summary>The boundary events on an activity.</summary>
    public IEnumerable<BoundaryEvent> Boundaries(string activity) => _boundaries[activity];

    /// <summary>The start event without a trigger: where an instance begins that is started by name.</summary>
    public StartEvent? PlainStart => Nodes.Values.OfType<StartEvent>().FirstOrDefault(start => start.Message is null);

    /// <summary>The start events that a message triggers.</summary>
    public IEnumerable<StartEvent> MessageStarts =>
        Nodes.Values.OfType<StartEvent>().Where(start => start.Message is not null);
}

/// <summary>A deployed version of a process.</summary>
/// <param name="Version">From 1, counted per process id.</param>
/// <param name="Model">What is executed.</param>
internal sealed record ProcessDefinition(int Version, ProcessModel Model)
{
    /// <summary>The BPMN process id.</summary>
    public string Id => Model.Id;
}
