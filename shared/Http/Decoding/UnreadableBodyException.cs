namespace Integration.Http;

/// <summary>A body is not what the headers of its answer say, so that it cannot be read, or not be known to be whole.</summary>
/// <param name="problem">Goes on after "the answer", without a full stop.</param>
/// <param name="innerException">What found out.</param>
internal sealed class UnreadableBodyException(string problem, Exception? innerException = null)
    : FormatException(problem, innerException);
