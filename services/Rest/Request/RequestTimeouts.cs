namespace Integration.Rest.Request;

/// <summary>How long to wait, in seconds. What is absent is taken from the service's settings, which also bound it.</summary>
/// <param name="Connect">For a connection.</param>
/// <param name="Attempt">
/// For one call, from its start to the last byte of the answer. Where a file is sent or received: the longest time in which
/// nothing of it moves.
/// </param>
/// <param name="Total">For all calls and the pauses between them.</param>
/// <param name="Transfer">For one call that sends or receives a file, from its start to the last byte of the answer.</param>
public sealed record RequestTimeouts(
    double? Connect = null,
    double? Attempt = null,
    double? Total = null,
    double? Transfer = null
);
