namespace Integration.Soap.Call;

/// <summary>How long to wait, in seconds. What is absent is taken from the service's settings, which also bound it.</summary>
/// <param name="Connect">For a connection.</param>
/// <param name="Attempt">For one call, from its start to the last byte of the answer; with files, for each wait for something to move.</param>
/// <param name="Total">For all calls and the pauses between them.</param>
public sealed record CallTimeouts(double? Connect = null, double? Attempt = null, double? Total = null);
