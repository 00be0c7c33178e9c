using System.Security.Cryptography;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Files.Tests;

public sealed class Saved_files : IDisposable
{
    private readonly FilesFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task A_content_comes_back_as_it_was(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var reference = await _files.SaveAsync(content, "CR-17.pdf", "application/pdf");
        reference.Store.ShouldBe("documents");
        reference.Bucket.ShouldBeNull();
        reference.Size.ShouldBe(size);
        reference.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        reference.ContentType.ShouldBe("application/pdf");
        reference.Name.ShouldBe("CR-17.pdf");
        (await _files.ReadAsync(reference)).ShouldBe(content);
    }

    [Fact]
    public async Task Keys_are_new_each_time_and_sorted_by_day_and_hold_no_names()
    {
        var first = await _files.SaveAsync([1], "../../secret.txt");
        var second = await _files.SaveAsync([1], "../../secret.txt");
        first.Key.ShouldStartWith("2026/12/01/");
        first.Key.ShouldNotContain("secret");
        second.Key.ShouldNotBe(first.Key);
        _files.Files.ShouldBe([first.Key, second.Key], ignoreOrder: true);
    }

    [Fact]
    public async Task A_content_that_breaks_off_leaves_nothing_behind_and_its_error_is_passed_on()
    {
        var error = await Should.ThrowAsync<InvalidDataException>(() =>
            _files.Stores.SaveAsync("documents", new BreakingStream(200_000), null, null, CancellationToken.None)
        );
        error.Message.ShouldBe("broken off");
        _files.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_save_that_is_cancelled_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();
        var content = new BreakingStream(200_000, cancellation.Cancel);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            _files.Stores.SaveAsync("documents", content, null, null, cancellation.Token)
        );
        _files.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_file_is_written_no_key_leads_to_it()
    {
        FileReference? peek = null;
        var content = new BreakingStream(
            200_000,
            () =>
            {
                var partial = _files.Files.ShouldHaveSingleItem();
                peek = new FileReference("documents", partial, 1, new string('0', 64));
            }
        );
        await Should.ThrowAsync<InvalidDataException>(() =>
            _files.Stores.SaveAsync("documents", content, null, null, CancellationToken.None)
        );
        var error = await Should.ThrowAsync<DataErrorException>(() => _files.ReadAsync(peek.ShouldNotBeNull()));
        error.Code.ShouldBe("file-reference-refused");
    }

    [Fact]
    public async Task What_a_dead_process_left_half_written_is_removed_a_day_later()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_files.Root, ".unfinished")).FullName;
        var old = Path.Combine(folder, "old");
        var recent = Path.Combine(folder, "recent");
        await File.WriteAllTextAsync(old, "half");
        await File.WriteAllTextAsync(recent, "half");
        var now = _files.Clock.GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(old, now.AddHours(-25));
        File.SetLastWriteTimeUtc(recent, now.AddHours(-23));
        await _files.SaveAsync([1]);
        File.Exists(old).ShouldBeFalse();
        File.Exists(recent).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_too_large_is_ended_and_leaves_nothing_behind()
    {
        using var small = new FilesFixture(maxBytes: 1_000);
        (await small.SaveAsync(new byte[1_000])).Size.ShouldBe(1_000);
        var error = await Should.ThrowAsync<VolumetricErrorException>(() => small.SaveAsync(new byte[1_001]));
        error.Code.ShouldBe("file-too-large");
        error.Message.ShouldContain("Files__MaxBytes");
        small.Files.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_is_not_configured_is_told_with_those_that_are()
    {
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            _files.Stores.SaveAsync("document", Stream.Null, null, null, CancellationToken.None)
        );
        error.Code.ShouldBe("file-store-unknown");
        error.Message.ShouldContain("'document'");
        error.Message.ShouldContain("archive, documents");
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_a_failure_that_is_tried_again()
    {
        Directory.Delete(_files.Root, recursive: true);
        await File.WriteAllTextAsync(_files.Root, "no folder");
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() => _files.SaveAsync([1]));
        error.Code.ShouldBe("file-store-unavailable");
        error.Message.ShouldContain("'documents'");
        error.Message.ShouldNotContain(_files.Root);
    }

    /// <summary>Zeros, then something happens, then it breaks.</summary>
    private sealed class BreakingStream(int size, Action? before = null) : ReadingStream
    {
        private int _left = size;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
            {
                before?.Invoke();
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidDataException("broken off");
            }

            var read = Math.Min(_left, buffer.Length);
            _left -= read;
            return ValueTask.FromResult(read);
        }
    }
}
