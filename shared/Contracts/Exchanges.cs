namespace Integration.Contracts;

/// <summary>The exchanges, all durable topic exchanges.</summary>
public static class Exchanges
{
    /// <summary><c>task.requested</c>, by operation and version.</summary>
    public const string Tasks = "integration.tasks";

    /// <summary>Events for an engine, routed by the engine's name.</summary>
    public const string Results = "integration.results";

    /// <summary><c>task.errored</c>, by category and operation.</summary>
    public const string Errors = "integration.errors";

    /// <summary>Cancellation and presence.</summary>
    public const string Control = "integration.control";

    /// <summary>What comes from outside to a process engine.</summary>
    public const string Inbound = "integration.inbound";

    /// <summary>Alternate exchange of all the above: what has no taker ends here, in the queue of the same name.</summary>
    public const string Unrouted = "integration.unrouted";

    /// <summary>Dead-letter exchange: what could not be delivered ends here, in the queue of the same name.</summary>
    public const string Dead = "integration.dead";

    /// <summary>The exchanges that are published to; each has <see cref="Unrouted"/> as its alternate exchange.</summary>
    public static IReadOnlyList<string> Published { get; } = [Tasks, Results, Errors, Control, Inbound];
}
