using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

// One machine, one set of published ports.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Integration.Containers.Tests;

internal static class Surroundings
{
    /// <summary>Here servers run in containers, also where they are installed.</summary>
    [ModuleInitializer]
    internal static void Prepare() => Environment.SetEnvironmentVariable("INTEGRATION_SERVERS", "containers");
}
