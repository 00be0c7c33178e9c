using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Integration.Hosting;
using Integration.S3.GetObject;
using Integration.S3.HeadObject;
using Integration.S3.PutObject;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.S3.Tests;

/// <summary>Contents by reference, in parts, on a real store.</summary>
public sealed class Large_contents(S3Fixture s3)
{
    private const string Bucket = S3Fixture.Bucket;
    private const int Part = S3Options.SmallestPart;

    private readonly string _folder = $"large/{Guid.NewGuid():N}/";

    private IFileStores Files => s3.Service.Services.GetRequiredService<IFileStores>();

    private ObjectStore Store => s3.Service.Services.GetRequiredService<ObjectStores>().Get("default");

    [Theory]
    [InlineData(0, false)]
    [InlineData(Part - 1, false)]
    [InlineData(Part, false)]
    [InlineData(Part + 1, true)]
    [InlineData(2 * Part, true)]
    [InlineData(2 * Part + 17, true)]
    public async Task A_file_goes_into_a_bucket_and_out_of_it_again(int size, bool parts)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var file = await SaveAsync("folder", content, "scan.pdf", "application/pdf");
        var key = _folder + "scan";
        var put = await s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key,
                file = Json(file),
            }
        );
        var stored = put.Outputs<PutObjectOperation.Output>();
        stored.Size.ShouldBe(size);
        stored.Sha256.ShouldBe(file.Sha256);
        stored.ETag.Contains('-', StringComparison.Ordinal).ShouldBe(parts);

        var get = await s3.CallAsync(
            "get-object",
            new
            {
                bucket = Bucket,
                key,
                fileStore = "bucket",
            }
        );
        var fetched = get.Outputs<GetObjectOperation.Output>().File.ShouldNotBeNull();
        fetched.Store.ShouldBe("bucket");
        fetched.Bucket.ShouldBe("files");
        fetched.Key.ShouldStartWith("kept/");
        fetched.Name.ShouldBe("scan");
        fetched.ContentType.ShouldBe("application/pdf");
        fetched.Sha256.ShouldBe(file.Sha256);
        (await ReadAsync(fetched)).ShouldBe(content);
        (await UnfinishedAsync(key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reference_into_a_bucket_is_followed_by_a_put()
    {
        var file = await SaveAsync("bucket", "contract"u8.ToArray());
        var key = _folder + "copy";
        (
            await s3.CallAsync(
                "put-object",
                new
                {
                    bucket = Bucket,
                    key,
                    file = Json(file),
                }
            )
        ).Completed.ShouldNotBeNull();
        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key });
        get.Outputs<GetObjectOperation.Output>().Text.ShouldBe("contract");
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_reference_says_is_not_stored_and_leaves_no_parts()
    {
        var file = await SaveAsync("folder", new byte[Part + 1_000]);
        var path = Path.Combine(s3.FilesFolder, file.Key);
        await using (var stream = File.OpenWrite(path))
        {
            stream.Position = Part + 500;
            stream.WriteByte(1);
        }

        var key = _folder + "damaged";
        var put = await s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key,
                file = Json(file),
            }
        );

        put.Errored.ShouldNotBeNull().Error.Code.ShouldBe("file-mismatch");
        var head = await s3.CallAsync("head-object", new { bucket = Bucket, key });
        head.Outputs<HeadObjectOperation.Output>().Exists.ShouldBeFalse();
        (await UnfinishedAsync(key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_leaves_no_parts()
    {
        var key = _folder + "cancelled";
        using var cancellation = new CancellationTokenSource();
        var content = new CancellingStream(Part * 2, cancellation);
        var upload = new ObjectUpload(new ObjectPlace(Bucket, key)) { IsTheEffect = true };
        var thrown = await Record.ExceptionAsync(() => Store.UploadAsync(upload, content, cancellation.Token));
        thrown.ShouldBeOfType<CancelledWithoutEffectException>();
        content.CancelledAfter.ShouldBeGreaterThan(Part);
        (await UnfinishedAsync(key)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Part * 2)]
    public async Task What_fails_in_a_content_that_is_kept_for_somebody_else_keeps_its_doubt(int size)
    {
        var upload = new ObjectUpload(new ObjectPlace(Bucket, _folder + "answer"));
        await using var answer = new LostAnswer(size);
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            Store.UploadAsync(upload, answer, default)
        );
        error.EffectUnknown.ShouldBeTrue();
        using var cancellation = new CancellationTokenSource();
        var cancelled = new CancellingStream(Part * 2, cancellation);
        var thrown = await Record.ExceptionAsync(() => Store.UploadAsync(upload, cancelled, cancellation.Token));
        thrown.ShouldBeAssignableTo<OperationCanceledException>().ShouldNotBeOfType<CancelledWithoutEffectException>();
    }

    [Fact]
    public async Task What_a_dead_process_left_unfinished_is_removed_before_the_next_upload_and_what_is_young_stays()
    {
        var key = _folder + "abandoned";
        var place = new ObjectPlace(Bucket, key);
        var request = new InitiateMultipartUploadRequest { BucketName = Bucket, Key = key };
        await Store.CallAsync("test", place, (c, t) => c.InitiateMultipartUploadAsync(request, t), default);
        await Store.UploadAsync(new ObjectUpload(place), new MemoryStream(new byte[Part + 1]), default);
        (await UnfinishedAsync(key)).Count.ShouldBe(1);

        await using var tomorrow = await Integration.Testing.ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddS3();
                builder.Services.AddSingleton<TimeProvider>(new TimeProviderAhead(TimeSpan.FromHours(25)));
            },
            s3.Settings
        );
        var later = tomorrow.Services.GetRequiredService<ObjectStores>().Get("default");
        await later.UploadAsync(new ObjectUpload(place), new MemoryStream(new byte[Part + 1]), default);
        (await UnfinishedAsync(key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_that_was_damaged_is_not_handed_over()
    {
        var key = _folder + "damaged-object";
        var upload = new ObjectUpload(new ObjectPlace(Bucket, key))
        {
            Metadata = new Dictionary<string, string> { ["integration-sha256"] = new string('0', 64) },
        };
        await Store.UploadAsync(upload, new MemoryStream("x"u8.ToArray()), default);
        foreach (
            var inputs in new object[]
            {
                new { bucket = Bucket, key },
                new
                {
                    bucket = Bucket,
                    key,
                    fileStore = "folder",
                },
            }
        )
        {
            var get = await s3.CallAsync("get-object", inputs);
            get.Errored.ShouldNotBeNull().Error.Code.ShouldBe("object-mismatch");
        }
    }

    [Fact]
    public async Task A_content_that_is_not_the_one_expected_is_not_handed_over()
    {
        var key = _folder + "k";
        await s3.CallAsync("put-object", """{"text":"x"}""".With(Bucket, key));
        var get = await s3.CallAsync("get-object", "{}".With(Bucket, key, ("sha256", new string('a', 64))));
        get.Errored.ShouldNotBeNull().Error.Code.ShouldBe("object-mismatch");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public async Task And_not_saved_either_when_nobody_tells_how_long_it_is(string content)
    {
        // A store that says nothing about the length, or 0.
        await using var unread = new ExpectedContent(
            new MemoryStream(Encoding.UTF8.GetBytes(content)),
            0,
            new string('a', 64),
            new ObjectPlace(Bucket, "k")
        );
        var error = await Should.ThrowAsync<DataErrorException>(() => unread.CopyToAsync(Stream.Null));
        error.Code.ShouldBe("object-mismatch");
    }

    [Fact]
    public async Task An_object_that_should_not_be_empty_is_not_saved()
    {
        var key = _folder + "empty";
        await s3.CallAsync("put-object", """{"text":""}""".With(Bucket, key));
        var inputs = """{"fileStore":"folder"}""".With(Bucket, key, ("sha256", new string('a', 64)));
        var get = await s3.CallAsync("get-object", inputs);
        get.Errored.ShouldNotBeNull().Error.Code.ShouldBe("object-mismatch");
    }

    [Fact]
    public async Task What_is_too_large_for_an_event_is_told_with_the_way_out()
    {
        var key = _folder + "long";
        var text = new string('x', 131_073);
        var put = await s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key,
                text,
            }
        );
        put.Errored.ShouldNotBeNull().Error.Message.ShouldContain("S3__MaxInlineBytes");
        await Store.UploadAsync(
            new ObjectUpload(new ObjectPlace(Bucket, key)),
            new MemoryStream(new byte[131_073]),
            default
        );
        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key });
        var error = get.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Volumetric);
        error.Code.ShouldBe("object-too-large");
        error.Message.ShouldContain("file reference");
    }

    [Theory]
    [InlineData("documents", "kept/x", "another bucket")]
    [InlineData("files", "elsewhere/x", "prefix")]
    [InlineData("files", "kept/../../documents/x", "'..'")]
    public async Task A_reference_out_of_a_bucket_that_is_a_file_store_is_refused(string bucket, string key, string why)
    {
        var file = new FileReference("bucket", key, 1, new string('0', 64)) { Bucket = bucket };
        var put = await s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key = "k",
                file = Json(file),
            }
        );
        var error = put.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("file-reference-refused");
        error.Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_reference_to_what_is_gone_from_the_bucket_is_told()
    {
        var file = new FileReference("bucket", "kept/gone", 1, new string('0', 64)) { Bucket = "files" };
        var put = await s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key = "k",
                file = Json(file),
            }
        );
        put.Errored.ShouldNotBeNull().Error.Code.ShouldBe("file-not-found");
    }

    private static System.Text.Json.JsonElement Json(FileReference file) =>
        System.Text.Json.JsonSerializer.SerializeToElement(file);

    private Task<FileReference> SaveAsync(string store, byte[] content, string? name = null, string? type = null) =>
        Files.SaveAsync(store, new MemoryStream(content), name, type, CancellationToken.None);

    private async Task<byte[]> ReadAsync(FileReference reference)
    {
        await using var stream = await Files.OpenReadAsync(reference, CancellationToken.None);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task<List<MultipartUpload>> UnfinishedAsync(string key)
    {
        var request = new ListMultipartUploadsRequest { BucketName = Bucket, Prefix = key };
        var place = new ObjectPlace(Bucket, key);
        var found = await Store.CallAsync("test", place, (c, t) => c.ListMultipartUploadsAsync(request, t), default);
        return found.MultipartUploads ?? [];
    }

    private sealed class TimeProviderAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    /// <summary>Zeros without end; the process withdraws its task after some of them.</summary>
    private sealed class CancellingStream(int after, CancellationTokenSource cancellation) : ReadingStream
    {
        public long CancelledAfter { get; private set; }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            CancelledAfter += buffer.Length;
            if (CancelledAfter > after)
                await cancellation.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return buffer.Length;
        }
    }

    /// <summary>The answer of a call that was lost in its middle.</summary>
    private sealed class LostAnswer(int size) : ReadingStream
    {
        private int _left = size;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
                throw new ConnectivityErrorException("connection-lost", "Lost.") { EffectUnknown = true };
            var read = Math.Min(_left, buffer.Length);
            _left -= read;
            return ValueTask.FromResult(read);
        }
    }
}
