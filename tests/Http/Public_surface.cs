using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Public_surface
{
    [Fact]
    public void What_others_compile_against_is_what_was_accepted() =>
        Snapshot.Match(PublicApi.Of(typeof(HttpCall).Assembly), "tests/Http/PublicApi.txt", "tests/Http");
}
