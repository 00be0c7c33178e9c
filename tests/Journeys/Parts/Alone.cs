namespace Integration.Journeys.Tests;

/// <summary>
/// Journeys that nothing else may run beside: they start many processes, or a killed one must have been at work a moment ago.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
