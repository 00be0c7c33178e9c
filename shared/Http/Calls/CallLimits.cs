namespace Integration.Http;

/// <summary>How long and how much.</summary>
public sealed record CallLimits
{
    /// <summary>For opening a connection.</summary>
    public required TimeSpan Connect { get; init; }

    /// <summary>
    /// For one request, up to the last byte of its answer. With <see cref="Transfer"/>: the longest time in which nothing
    /// of a streamed body moves.
    /// </summary>
    public required TimeSpan Attempt { get; init; }

    /// <summary>
    /// For one request with a streamed body in either direction, up to the last byte of its answer. The default value is
    /// null: it has the time of <see cref="Attempt"/> like any other.
    /// </summary>
    public TimeSpan? Transfer { get; init; }

    /// <summary>For all requests of the call and the pauses between them.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>How many requests may follow the first.</summary>
    public required int Retries { get; init; }

    /// <summary>Longest pause before the first repetition; doubled with each. Half of it, at random, is waited at least.</summary>
    public required TimeSpan RetryDelay { get; init; }

    /// <summary>Largest body of an answer that is read into memory.</summary>
    public required int MaxAnswerBytes { get; init; }

    /// <summary>Largest body of an answer that is read as a stream. The default value is no limit: its reader has one.</summary>
    public long MaxStreamedBytes { get; init; } = long.MaxValue;
}
