using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Definitions;

/// <summary>Something a token can be at.</summary>
/// <param name="Id">Element id.</param>
/// <param name="Outputs">What of its outcome becomes variables of the instance, in order.</param>
internal abstract record FlowNode(string Id, IReadOnlyList<Mapping> Outputs);

/// <param name="Message">Name of the message that triggers it; null for a start by name.</param>
internal sealed record StartEvent(string Id, IReadOnlyList<Mapping> Outputs, string? Message) : FlowNode(Id, Outputs);

/// <param name="Kind">What it does besides ending its token.</param>
/// <param name="ErrorCode">Of an error end event.</param>
internal sealed record EndEvent(string Id, IReadOnlyList<Mapping> Outputs, EndKind Kind, string? ErrorCode = null)
    : FlowNode(Id, Outputs);

/// <summary>What an end event does.</summary>
internal enum EndKind
{
    /// <summary>Ends its token.</summary>
    None,

    /// <summary>Ends the instance as failed, with an error code.</summary>
    Error,

    /// <summary>Ends the instance with everything that is still going on in it.</summary>
    Terminate,
}

/// <param name="Operation">From the task definition's type.</param>
/// <param name="Version">Major version of the operation.</param>
/// <param name="Headers">Static inputs; mapped ones go before them.</param>
/// <param name="Inputs">Mapped inputs, in order.</param>
/// <param name="Deadline">How long an answer may take, when the element says so.</param>
/// <param name="SendsVariables">Whether it is sent the variables of the instance when it maps no inputs.</param>
/// <param name="Shape">How it is drawn: everything that asks a service for work is a service task to the engine.</param>
internal sealed record ServiceTask(
    string Id,
    IReadOnlyList<Mapping> Outputs,
    string Operation,
    int Version,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<Mapping> Inputs,
    IsoDuration? Deadline,
    bool SendsVariables,
    TaskShape Shape
) : FlowNode(Id, Outputs);

/// <summary>What a service task looks like.</summary>
internal enum TaskShape
{
    /// <summary>A service, send, script or business rule task.</summary>
    Activity,

    /// <summary>An intermediate event that throws a message.</summary>
    ThrowEvent,

    /// <summary>An end event that throws a message.</summary>
    EndEvent,
}

/// <summary>A task that people do on their own, or an event that says what has been reached: a token goes on at once.</summary>
internal sealed record PassThrough(string Id, IReadOnlyList<Mapping> Outputs) : FlowNode(Id, Outputs);

/// <summary>A script task in FEEL: the engine computes it itself.</summary>
/// <param name="Inputs">Local to the expression, in order.</param>
/// <param name="Expression">What is computed.</param>
/// <param name="ResultVariable">Name of what it yields.</param>
internal sealed record ScriptTask(
    string Id,
    IReadOnlyList<Mapping> Outputs,
    IReadOnlyList<Mapping> Inputs,
    FeelAttribute Expression,
    string ResultVariable
) : FlowNode(Id, Outputs);

/// <param name="Default">Flow that is taken when no condition holds.</param>
internal sealed record ExclusiveGateway(string Id, string? Default) : FlowNode(Id, []);

internal sealed record ParallelGateway(string Id) : FlowNode(Id, []);

internal sealed record TimerCatchEvent(string Id, IReadOnlyList<Mapping> Outputs, TimerEventDefinition Timer)
    : FlowNode(Id, Outputs);

/// <summary>A receive task or an intermediate message catch event: they differ in nothing but the drawing.</summary>
internal sealed record MessageCatch(string Id, IReadOnlyList<Mapping> Outputs, MessageEventDefinition Message)
    : FlowNode(Id, Outputs);

/// <param name="AttachedTo">The activity.</param>
/// <param name="Interrupting">Whether the activity ends when it triggers.</param>
/// <param name="EventDefinition">An error or a timer.</param>
internal sealed record BoundaryEvent(
    string Id,
    IReadOnlyList<Mapping> Outputs,
    string AttachedTo,
    bool Interrupting,
    EventDefinition EventDefinition
) : FlowNode(Id, Outputs);

/// <summary>In place of an element that was refused, so that what is around it can still be checked.</summary>
internal sealed record UnreadNode(string Id) : FlowNode(Id, []);
