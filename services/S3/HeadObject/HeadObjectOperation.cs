using Amazon.S3.Model;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Sdk;

namespace Integration.S3.HeadObject;

/// <summary>Says whether there is an object, and what is known about it.</summary>
/// <remarks>
/// An object that is not there is no error: <c>exists</c> is false. A store does not distinguish a missing bucket from a missing
/// object here.
/// </remarks>
[Operation("s3.head-object", Version = 1, Effect = Effect.Read)]
[RaisesFrom(typeof(ObjectStore))]
internal sealed class HeadObjectOperation(ObjectStores stores)
    : Operation<HeadObjectOperation.Input, HeadObjectOperation.Output>
{
    /// <summary>Which object.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Key">The object's key: up to 1024 bytes, no leading slash, no <c>.</c> or <c>..</c> between slashes.</param>
    /// <param name="VersionId">A version of the object. The default value is the latest.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(string Bucket, string Key, string? VersionId = null, string Store = "default");

    /// <summary>What is known. Without the object only <paramref name="Exists"/>.</summary>
    /// <param name="Exists">Whether there is such an object.</param>
    /// <param name="ETag">Without quotes.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="Sha256">Of the content, when it was stored by this service.</param>
    /// <param name="ContentType">Media type.</param>
    /// <param name="LastModified">When it was stored.</param>
    /// <param name="VersionId">In a bucket with versions.</param>
    /// <param name="Metadata">By name, lower case.</param>
    public sealed record Output(
        bool Exists,
        string? ETag = null,
        long? Size = null,
        string? Sha256 = null,
        string? ContentType = null,
        DateTimeOffset? LastModified = null,
        string? VersionId = null,
        IReadOnlyDictionary<string, string>? Metadata = null
    );

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
        var place = ObjectNames.Place(input.Bucket, input.Key);
        var request = new GetObjectMetadataRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            VersionId = input.VersionId,
        };
        try
        {
            var found = await stores
                .Get(input.Store)
                .CallAsync(
                    "head-object",
                    place,
                    (s3, token) => s3.GetObjectMetadataAsync(request, token),
                    cancellation
                );
            return new Output(
                true,
                ETags.Plain(found.ETag),
                found.ContentLength,
                ObjectMetadata.Sha256Of(found.Metadata),
                found.Headers.ContentType,
                found.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
                found.VersionId,
                ObjectMetadata.Of(found.Metadata)
            );
        }
        catch (DataErrorException e) when (e.Code is "no-such-key" or "not-found")
        {
            return new Output(false);
        }
    }
}
