using System.ComponentModel.DataAnnotations;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Sdk;

namespace Integration.S3.ListObjects;

/// <summary>Lists the objects of a bucket, a page at a time, in the order of their keys.</summary>
[Operation("s3.list-objects", Version = 1, Effect = Effect.Read)]
[RaisesFrom(typeof(ObjectStore))]
internal sealed class ListObjectsOperation(ObjectStores stores)
    : Operation<ListObjectsOperation.Input, ListObjectsOperation.Output>
{
    /// <summary>Which objects.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Prefix">What their keys begin with. The default value is empty: all objects.</param>
    /// <param name="Delimiter">
    /// What separates folders, mostly <c>/</c>: keys that have it after the prefix are listed as folders. The default value is
    /// none: no folders.
    /// </param>
    /// <param name="PageSize">Most objects and folders of a page. The default value is 100.</param>
    /// <param name="Page">The <c>next</c> of the page before. The default value is the first page.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Bucket,
        string? Prefix = null,
        string? Delimiter = null,
        [Range(1, 1000, ErrorMessage = "inputs.pageSize must be between 1 and 1000.")] int PageSize = 100,
        string? Page = null,
        string Store = "default"
    );

    /// <summary>One page.</summary>
    /// <param name="Objects">The objects.</param>
    /// <param name="Folders">What the keys that go on after the delimiter begin with.</param>
    /// <param name="Next">There is another page: send it as <c>page</c>.</param>
    public sealed record Output(
        IReadOnlyList<ListedObject> Objects,
        IReadOnlyList<string> Folders,
        string? Next = null
    );

    /// <summary>An object in a list.</summary>
    /// <param name="Key">Its key.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="ETag">Without quotes.</param>
    /// <param name="LastModified">When it was stored.</param>
    public sealed record ListedObject(string Key, long Size, string ETag, DateTimeOffset? LastModified = null);

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ObjectNames.Target(input.Store);
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var place = ObjectNames.Bucket(input.Bucket);
        var request = new ListObjectsV2Request
        {
            BucketName = place.Bucket,
            Prefix = input.Prefix,
            Delimiter = input.Delimiter,
            MaxKeys = input.PageSize,
            ContinuationToken = input.Page,
            // XML 1.0 has no form for most control characters, and a store with such a key could not answer.
            Encoding = EncodingType.Url,
        };
        var page = await stores
            .Get(input.Store)
            .CallAsync("list-objects", place, (s3, token) => s3.ListObjectsV2Async(request, token), cancellation);
        return new Output(
            [.. (page.S3Objects ?? []).Select(found => Listed(found, Plain(page, found.Key)))],
            [.. (page.CommonPrefixes ?? []).Select(folder => Plain(page, folder))],
            page.IsTruncated == true ? page.NextContinuationToken : null
        );
    }

    // Not every store knows the encoding; one that does says so.
    private static string Plain(ListObjectsV2Response page, string key) =>
        page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(key) : key;

    private static ListedObject Listed(S3Object found, string key) =>
        new(
            key,
            found.Size ?? 0,
            ETags.Plain(found.ETag),
            found.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null
        );
}
