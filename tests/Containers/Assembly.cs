using System.Runtime.CompilerServices;

// One machine, one set of published ports.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Integration.Containers.Tests;

internal static class Surroundings
{
    /// <summary>Here servers run in containers, also where they are installed.</summary>
    [ModuleInitializer]
    internal static void Prepare() => Environment.SetEnvironmentVariable("INTEGRATION_SERVERS", "containers");
}
