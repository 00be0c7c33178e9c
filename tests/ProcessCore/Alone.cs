namespace Integration.ProcessCore.Tests;

/// <summary>Tests that measure run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
