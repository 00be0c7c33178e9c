using Integration.Fixtures;

namespace Integration.Egress.Tests;

public sealed class Public_surface
{
    [Fact]
    public void What_others_compile_against_is_what_was_accepted() =>
        Snapshot.Match(PublicApi.Of(typeof(EgressPolicy).Assembly), "tests/Egress/PublicApi.txt", "tests/Egress");
}
