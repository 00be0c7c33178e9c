using Integration.Errors;

namespace Integration.Files.Tests;

/// <summary>Not beside other tests: the limit is one of the whole process.</summary>
[CollectionDefinition(nameof(Full_disks), DisableParallelization = true)]
[Collection(nameof(Full_disks))]
public sealed class Full_disks : IDisposable
{
    private readonly FilesFixture _files = new(maxBytes: 100_000_000);

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(4_000_001)]
    [InlineData(5_000_000)]
    public async Task A_write_that_is_refused_in_the_middle_of_a_file_is_told_as_that_and_without_its_path(int size)
    {
        var error = await SaveAsync(size, most: 4_000_000);
        error.Code.ShouldBe("file-store-unavailable");
        error.Message.ShouldContain("is there space left?");
        error.Message.ShouldNotContain(_files.Root);
        _files.Files.ShouldBeEmpty();
    }

    private async Task<ConnectivityErrorException> SaveAsync(int size, ulong most)
    {
        using var limit = new FileSizeLimit(most);
        return await Should.ThrowAsync<ConnectivityErrorException>(() => _files.SaveAsync(new byte[size]));
    }
}
