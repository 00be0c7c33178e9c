using System.Text.Json;

namespace Integration.ProcessCore.Engine;

/// <summary>A token at an element that it cannot leave at once.</summary>
/// <param name="Key">Number within the instance; part of the id of its task.</param>
/// <param name="Element">Element id.</param>
/// <param name="Since">When the token arrived.</param>
internal sealed record OpenElement(int Key, string Element, DateTimeOffset Since)
{
    /// <summary>How far it is.</summary>
    public Phase Phase { get; init; }

    /// <summary>The task that it waits for.</summary>
    public OpenTask? Task { get; init; }

    /// <summary>What the task was given; visible to output mappings.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>Its own timer, or those on its boundary.</summary>
    public IReadOnlyList<OpenTimer> Timers { get; init; } = [];

    /// <summary>The message that it waits for.</summary>
    public OpenMessage? Message { get; init; }

    /// <summary>What its outputs are mapped from, once it is done.</summary>
    public JsonElement? Outcome { get; init; }
}

/// <summary>How far an element is: what is to be done again when it got stuck.</summary>
internal enum Phase
{
    /// <summary>What it needs in order to wait is not yet known.</summary>
    Entering,

    /// <summary>The element waits for an answer, an event or a moment.</summary>
    Waiting,

    /// <summary>Its outputs are not yet mapped.</summary>
    Leaving,
}

/// <param name="Id">Task id.</param>
/// <param name="Deadline">When an answer is overdue.</param>
/// <param name="Overdue">Whether that was reported.</param>
internal sealed record OpenTask(string Id, DateTimeOffset Deadline, bool Overdue = false);

/// <param name="Event">The timer event: the element itself or one on its boundary.</param>
/// <param name="Due">When.</param>
internal sealed record OpenTimer(string Event, DateTimeOffset Due);

/// <param name="Name">Message name.</param>
/// <param name="CorrelationKey">What the message must carry.</param>
internal sealed record OpenMessage(string Name, string CorrelationKey);
