using Integration.Fixtures;

namespace Integration.Files.Tests;

public sealed class Public_surface
{
    [Fact]
    public void What_others_compile_against_is_what_was_accepted() =>
        Snapshot.Match(PublicApi.Of(typeof(IFileStores).Assembly), "tests/Files/PublicApi.txt", "tests/Files");
}
