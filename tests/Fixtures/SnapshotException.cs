namespace Integration.Fixtures;

/// <summary>A text is not what was accepted.</summary>
public sealed class SnapshotException(string message) : Exception(message);
