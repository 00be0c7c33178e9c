using Integration.Fixtures;

namespace Integration.Contracts.Tests;

public sealed class Public_surface
{
    [Fact]
    public void What_others_compile_against_is_what_was_accepted() =>
        Snapshot.Match(
            PublicApi.Of(typeof(TaskRequested).Assembly),
            "tests/Contracts/PublicApi.txt",
            "tests/Contracts"
        );

    [Fact]
    public void Contracts_needs_nothing_but_the_framework() =>
        typeof(TaskRequested)
            .Assembly.GetReferencedAssemblies()
            .ShouldAllBe(assembly => assembly.Name!.StartsWith("System.", StringComparison.Ordinal));
}
