using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.Options;

namespace Integration.Files.Tests;

public sealed class Followed_references : IDisposable
{
    private readonly FilesFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("changed", "Hallo, Welt", "has the SHA-256")]
    [InlineData("cut", "Hello, Wor", "has 10 bytes")]
    [InlineData("longer", "Hello, World", "has more bytes")]
    [InlineData("emptied", "", "has 0 bytes")]
    public async Task A_file_that_was_changed_is_never_handed_out_whole(string how, string content, string problem)
    {
        var reference = await _files.SaveAsync("Hello, Worl"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(_files.Root, reference.Key), content);

        await using var stream = await _files.Stores.OpenReadAsync(reference, CancellationToken.None);
        using var copy = new MemoryStream();
        var error = await Should.ThrowAsync<DataErrorException>(() => stream.CopyToAsync(copy));

        error.Code.ShouldBe("file-mismatch", how);
        error.Message.ShouldContain(problem);
        error.Retryable.ShouldBeFalse();
        copy.Length.ShouldBeLessThan(reference.Size);
    }

    [Fact]
    public async Task A_disk_that_fails_while_it_is_read_is_told_and_leaves_no_doubt()
    {
        // Opens like a file, and gives an input/output error at its beginning: no process has memory there.
        var options = new FilesOptions();
        options.Stores["memory"] = new FileStoreOptions { Kind = "Folder", Path = "/proc/self" };
        var stores = new FileStores(Options.Create(options), [new FolderKind(_files.Clock)], _files.Clock);
        var reference = new FileReference("memory", "mem", 10, new string('0', 64));
        await using var stream = await stores.OpenReadAsync(reference, CancellationToken.None);

        var error = await Should.ThrowAsync<ConnectivityErrorException>(() => stream.CopyToAsync(Stream.Null));

        error.Code.ShouldBe("file-store-unavailable");
        error.EffectUnknown.ShouldBeFalse();
        error.Message.ShouldNotContain("/proc");
    }

    [Fact]
    public async Task A_file_that_should_be_empty_and_is_not_is_told()
    {
        var reference = await _files.SaveAsync([]);
        await File.WriteAllTextAsync(Path.Combine(_files.Root, reference.Key), "x");
        var error = await Should.ThrowAsync<DataErrorException>(() => _files.ReadAsync(reference));
        error.Code.ShouldBe("file-mismatch");
    }

    [Fact]
    public async Task A_reader_that_reads_synchronously_or_byte_by_byte_is_served_too()
    {
        var reference = await _files.SaveAsync("abc"u8.ToArray());
        await using var stream = await _files.Stores.OpenReadAsync(reference, CancellationToken.None);
        stream.ReadByte().ShouldBe('a');
        stream.Read(new byte[10], 0, 10).ShouldBe(2);
        stream.ReadByte().ShouldBe(-1);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("./a")]
    [InlineData(".unfinished/a")]
    [InlineData("a\\..\\..\\outside")]
    [InlineData("c:a")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task A_key_that_could_lead_elsewhere_is_refused(string key)
    {
        await File.WriteAllTextAsync(_files.Outside, "secret");
        var error = await Should.ThrowAsync<DataErrorException>(() => _files.ReadAsync(Reference(key)));
        error.Code.ShouldBe("file-reference-refused");
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder/outside")]
    public async Task A_symbolic_link_is_not_followed(string key)
    {
        await File.WriteAllTextAsync(_files.Outside, "secret");
        File.CreateSymbolicLink(Path.Combine(_files.Root, "link"), _files.Outside);
        Directory.CreateSymbolicLink(Path.Combine(_files.Root, "folder"), Path.GetDirectoryName(_files.Outside)!);
        var error = await Should.ThrowAsync<DataErrorException>(() => _files.ReadAsync(Reference(key)));
        error.Code.ShouldBe("file-reference-refused");
        error.Message.ShouldContain("symbolic link");
    }

    [Fact]
    public async Task A_bucket_is_refused_where_there_are_none()
    {
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            _files.ReadAsync(Reference("a") with { Bucket = "b" })
        );
        error.Code.ShouldBe("file-reference-refused");
    }

    [Theory]
    [InlineData("nothing-here")]
    [InlineData("no/folder/either")]
    [InlineData("folder")]
    [InlineData("file/below")]
    public async Task A_file_that_is_not_there_is_told(string key)
    {
        Directory.CreateDirectory(Path.Combine(_files.Root, "folder"));
        await File.WriteAllTextAsync(Path.Combine(_files.Root, "file"), "");
        var error = await Should.ThrowAsync<DataErrorException>(() => _files.ReadAsync(Reference(key)));
        error.Code.ShouldBe("file-not-found");
        error.Message.ShouldContain(key);
    }

    [Fact]
    public async Task A_name_that_is_longer_than_a_file_system_takes_is_not_found()
    {
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            _files.ReadAsync(Reference(new string('a', 300)))
        );
        error.Code.ShouldBe("file-not-found");
    }

    private static FileReference Reference(string key) => new("documents", key, 1, new string('0', 64));
}
