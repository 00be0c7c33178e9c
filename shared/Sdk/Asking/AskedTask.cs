namespace Integration.Sdk;

/// <summary>An inner task, as the service that asked for it remembers it.</summary>
/// <param name="InnerId">Its task id.</param>
/// <param name="ReplyTo">The engine of the outer task.</param>
/// <param name="TaskId">The outer task.</param>
/// <param name="Step">The name that the outer task's operation gave to the question.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Version">Its version.</param>
/// <param name="Fingerprint">Of operation, version and inputs.</param>
/// <param name="State">What is known.</param>
/// <param name="Answer">
/// Body of the final event; for <see cref="AskedState.Unusable"/> the error; absent while there is none.
/// </param>
internal sealed record AskedTask(
    string InnerId,
    string ReplyTo,
    string TaskId,
    string Step,
    string Operation,
    int Version,
    byte[] Fingerprint,
    AskedState State,
    byte[]? Answer
)
{
    /// <summary>The outer task.</summary>
    public TaskIdentity Outer => new(ReplyTo, TaskId);

    /// <summary>Whether its answer is still to come.</summary>
    public bool IsOpen => State <= AskedState.Open;
}
