using System.Security.Cryptography;
using Integration.Contracts;
using Integration.S3.CopyObject;
using Integration.S3.DeleteObjects;
using Integration.S3.GetObject;
using Integration.S3.HeadObject;
using Integration.S3.ListObjects;
using Integration.S3.PutObject;
using Integration.Testing;

namespace Integration.S3.Tests;

/// <summary>Every operation on a real store.</summary>
public sealed class Objects(S3Fixture s3)
{
    private const string Bucket = S3Fixture.Bucket;

    private readonly string _folder = $"objects/{Guid.NewGuid():N}/";

    [Fact]
    public async Task A_text_is_stored_and_comes_back_with_everything_that_is_known_about_it()
    {
        var key = _folder + "Übersicht & mehr + (1).txt";
        var put = await s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key,
                text = "Grüße",
                metadata = new Dictionary<string, string> { ["case"] = "CR-17" },
            }
        );
        var stored = put.Outputs<PutObjectOperation.Output>();
        stored.Size.ShouldBe(7);
        stored.ETag.Length.ShouldBe(32);
        stored.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("Grüße"u8)));

        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key });
        var found = get.Outputs<GetObjectOperation.Output>();
        found.Text.ShouldBe("Grüße");
        found.ETag.ShouldBe(stored.ETag);
        found.Size.ShouldBe(7);
        found.Sha256.ShouldBe(stored.Sha256);
        found.ContentType.ShouldBe("text/plain; charset=utf-8");
        found.Metadata.ShouldBe(new Dictionary<string, string> { ["case"] = "CR-17" });
        found.LastModified.ShouldNotBeNull().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));

        var head = await s3.CallAsync("head-object", new { bucket = Bucket, key });
        var known = head.Outputs<HeadObjectOperation.Output>();
        known.Exists.ShouldBeTrue();
        known.Sha256.ShouldBe(stored.Sha256);
        known.Size.ShouldBe(7);
        known.Metadata.ShouldNotBeNull()["case"].ShouldBe("CR-17");
    }

    [Fact]
    public async Task Bytes_travel_as_base64()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_000);
        var key = _folder + "bytes";
        var base64 = Convert.ToBase64String(bytes);
        (
            await s3.CallAsync(
                "put-object",
                new
                {
                    bucket = Bucket,
                    key,
                    base64,
                }
            )
        ).Completed.ShouldNotBeNull();
        var get = await s3.CallAsync("get-object", """{"as":"base64"}""".With(Bucket, key));
        var found = get.Outputs<GetObjectOperation.Output>();
        found.Base64.ShouldBe(base64);
        found.ContentType.ShouldBe("application/octet-stream");
        var text = await s3.CallAsync("get-object", new { bucket = Bucket, key });
        text.Errored.ShouldNotBeNull().Error.Code.ShouldBe("not-text");
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        var key = _folder + "empty";
        (await PutAsync(key, "")).Completed.ShouldNotBeNull();
        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key });
        get.Outputs<GetObjectOperation.Output>().Text.ShouldBe("");
    }

    [Fact]
    public async Task What_is_not_there_can_be_asked_for_and_caught()
    {
        var key = _folder + "missing";
        var head = await s3.CallAsync("head-object", new { bucket = Bucket, key });
        head.Outputs<HeadObjectOperation.Output>().Exists.ShouldBeFalse();

        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key });
        var error = get.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("no-such-key");
        error.Status.ShouldBe(404);
        error.Target.ShouldBe(s3.Swift.Uri.Authority);
        error.Message.ShouldContain($"'{key}' in bucket 'documents'");

        foreach (var (verb, json) in new[] { ("get-object", "{}"), ("copy-object", """{"toKey":"elsewhere"}""") })
        {
            var caught = await s3.CallAsync(verb, json.With(Bucket, key, ("missingError", "NO_CONTRACT")));
            caught.Rejected.ShouldNotBeNull(caught.Error).Error.Code.ShouldBe("NO_CONTRACT");
        }
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told()
    {
        foreach (var verb in new[] { "get-object", "put-object" })
        {
            var json = verb == "put-object" ? """{"text":"x"}""" : "{}";
            var answer = await s3.CallAsync(verb, json.With("nobodys-bucket", "k"));
            answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-bucket");
        }

        var list = await s3.CallAsync("list-objects", new { bucket = "nobodys-bucket" });
        list.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-bucket");
    }

    [Fact]
    public async Task Lists_come_in_pages_and_know_folders()
    {
        foreach (var name in new[] { "a", "b", "c", "sub/d", "sub/e" })
            (await PutAsync(_folder + name, name)).Completed.ShouldNotBeNull();

        var keys = new List<string>();
        string? page = null;
        var pages = 0;
        do
        {
            var answer = await s3.CallAsync(
                "list-objects",
                new
                {
                    bucket = Bucket,
                    prefix = _folder,
                    pageSize = 2,
                    page,
                }
            );
            var output = answer.Outputs<ListObjectsOperation.Output>();
            keys.AddRange(output.Objects.Select(found => found.Key[_folder.Length..]));
            output.Objects.ShouldAllBe(found => found.Size > 0 && found.ETag.Length == 32);
            page = output.Next;
            pages++;
        } while (page is not null);
        keys.ShouldBe(["a", "b", "c", "sub/d", "sub/e"]);
        pages.ShouldBe(3);

        var folders = await s3.CallAsync(
            "list-objects",
            new
            {
                bucket = Bucket,
                prefix = _folder,
                delimiter = "/",
            }
        );
        var found = folders.Outputs<ListObjectsOperation.Output>();
        found.Objects.Count.ShouldBe(3);
        found.Folders.ShouldBe([_folder + "sub/"]);
        found.Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("control", "a\u0001b")]
    [InlineData("tab", "a\tb")]
    [InlineData("line", "a\nb")]
    [InlineData("return", "a\rb")]
    [InlineData("escape", "\u001b[31m")]
    [InlineData("next-line", "a\u0085b")]
    [InlineData("no-character", "a\ufffeb")]
    [InlineData("signs", "a+b c%20d&e<f>%2B")]
    [InlineData("letters", "ü/🐎")]
    public async Task A_key_of_any_characters_is_stored_listed_copied_read_and_removed(string folder, string name)
    {
        var (key, other) = ($"keys/{folder}/{name}", $"keys/{folder}/copy-{name}");
        object Of(string of) => new { bucket = S3Fixture.Bucket, key = of };
        async Task<string?[]> KeysAsync()
        {
            var page = await s3.CallAsync(
                "list-objects",
                new { bucket = S3Fixture.Bucket, prefix = $"keys/{folder}/" }
            );
            page.Completed.ShouldNotBeNull(page.Error);
            return
            [
                .. page
                    .Completed.Outputs.GetProperty("objects")
                    .EnumerateArray()
                    .Select(one => one.GetProperty("key").GetString()),
            ];
        }

        (
            await s3.CallAsync(
                "put-object",
                new
                {
                    bucket = S3Fixture.Bucket,
                    key,
                    text = "x",
                }
            )
        ).Completed.ShouldNotBeNull();
        (await KeysAsync()).ShouldBe([key]);
        var copied = await s3.CallAsync(
            "copy-object",
            new
            {
                bucket = S3Fixture.Bucket,
                key,
                toKey = other,
            }
        );
        copied.Completed.ShouldNotBeNull(copied.Error);
        var got = await s3.CallAsync("get-object", Of(other));
        got.Completed.ShouldNotBeNull(got.Error).Outputs.GetProperty("text").GetString().ShouldBe("x");
        var head = await s3.CallAsync("head-object", Of(other));
        head.Completed.ShouldNotBeNull(head.Error).Outputs.GetProperty("exists").GetBoolean().ShouldBeTrue();
        var address = await s3.CallAsync("presign", Of(key));
        address
            .Completed.ShouldNotBeNull(address.Error)
            .Outputs.GetProperty("url")
            .GetString()!
            .ShouldContain(string.Join('/', $"{S3Fixture.Bucket}/{key}".Split('/').Select(Uri.EscapeDataString)));
        var removed = await s3.CallAsync(
            "delete-objects",
            new { bucket = S3Fixture.Bucket, keys = new[] { key, other } }
        );
        removed.Completed.ShouldNotBeNull(removed.Error);
        (await KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_are_removed_at_once_and_those_that_are_not_there_do_not_matter()
    {
        await PutAsync(_folder + "one", "1");
        await PutAsync(_folder + "two", "2");
        var answer = await s3.CallAsync(
            "delete-objects",
            new { bucket = Bucket, keys = new[] { _folder + "one", _folder + "two", _folder + "three" } }
        );
        answer.Outputs<DeleteObjectsOperation.Output>().Removed.ShouldBe(3);
        var list = await s3.CallAsync("list-objects", new { bucket = Bucket, prefix = _folder });
        list.Outputs<ListObjectsOperation.Output>().Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_has_content_and_metadata()
    {
        var json = """{"text":"contract","contentType":"text/markdown","metadata":{"case":"CR-17"}}""";
        await s3.CallAsync("put-object", json.With(Bucket, _folder + "from"));
        var copy = await s3.CallAsync(
            "copy-object",
            new
            {
                bucket = Bucket,
                key = _folder + "from",
                toKey = _folder + "to",
            }
        );
        copy.Outputs<CopyObjectOperation.Output>().ETag.ShouldNotBeEmpty();
        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key = _folder + "to" });
        var found = get.Outputs<GetObjectOperation.Output>();
        found.Text.ShouldBe("contract");
        found.ContentType.ShouldBe("text/markdown");
        found.Metadata["case"].ShouldBe("CR-17");
    }

    [Fact]
    public async Task A_put_replaces_what_was_there()
    {
        await PutAsync(_folder + "k", "first");
        await PutAsync(_folder + "k", "second");
        var get = await s3.CallAsync("get-object", new { bucket = Bucket, key = _folder + "k" });
        get.Outputs<GetObjectOperation.Output>().Text.ShouldBe("second");
    }

    [Fact]
    public async Task An_object_in_another_state_than_the_one_asked_for_is_refused()
    {
        await PutAsync(_folder + "k", "x");
        var get = await s3.CallAsync("get-object", """{"ifMatch":"0123"}""".With(Bucket, _folder + "k"));
        var error = get.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("precondition-failed");
        error.Status.ShouldBe(412);
    }

    [Fact]
    public async Task Credentials_may_lie_in_a_file()
    {
        var answer = await s3.CallAsync("put-object", """{"text":"x","store":"by-file"}""".With(Bucket, _folder + "k"));
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    private Task<TaskAnswer> PutAsync(string key, string text) =>
        s3.CallAsync(
            "put-object",
            new
            {
                bucket = Bucket,
                key,
                text,
            }
        );
}
