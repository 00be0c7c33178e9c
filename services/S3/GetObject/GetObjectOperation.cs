using Amazon.S3;
using Amazon.S3.Model;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Integration.Sdk;

namespace Integration.S3.GetObject;

/// <summary>Fetches an object from a bucket.</summary>
[Operation("s3.get-object", Version = 1, Effect = Effect.Idempotent)]
[RaisesFrom(typeof(MissingObject))]
[RaisesFrom(typeof(ContentDelivery))]
[RaisesFrom(typeof(ObjectStore))]
[RaisesFrom(typeof(FileErrors))]
internal sealed class GetObjectOperation(ObjectStores stores, ContentDelivery delivery)
    : Operation<GetObjectOperation.Input, GetObjectOperation.Output>
{
    /// <summary>Which object, and how its content is handed over.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Key">The object's key: up to 1024 bytes, no leading slash, no <c>.</c> or <c>..</c> between slashes.</param>
    /// <param name="As">
    /// The form of the content. The default value is <c>file</c> with <paramref name="FileStore"/>, otherwise <c>text</c>.
    /// </param>
    /// <param name="FileStore">The file store that the content is saved to when it is wanted as a file reference.</param>
    /// <param name="Name">What people call the file; kept in the reference. The default value is the end of the key.</param>
    /// <param name="VersionId">A version of the object. The default value is the latest.</param>
    /// <param name="IfMatch">Refuse unless the object has this ETag.</param>
    /// <param name="Sha256">Refuse unless the content has this hash, 64 hexadecimal digits.</param>
    /// <param name="MissingError">Code of the BPMN error that is raised when there is no such object.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Bucket,
        string Key,
        ContentForm? As = null,
        string? FileStore = null,
        string? Name = null,
        string? VersionId = null,
        string? IfMatch = null,
        string? Sha256 = null,
        string? MissingError = null,
        string Store = "default"
    );

    /// <summary>Exactly one of <c>text</c>, <c>base64</c> and <c>file</c> is the content.</summary>
    /// <param name="ETag">Without quotes.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="Sha256">Of the content.</param>
    /// <param name="Metadata">By name, lower case.</param>
    /// <param name="ContentType">Media type.</param>
    /// <param name="LastModified">When it was stored.</param>
    /// <param name="VersionId">In a bucket with versions.</param>
    /// <param name="Text">The content as text.</param>
    /// <param name="Base64">The content in base64.</param>
    /// <param name="File">The content as a file reference.</param>
    public sealed record Output(
        string ETag,
        long Size,
        string Sha256,
        IReadOnlyDictionary<string, string> Metadata,
        string? ContentType = null,
        DateTimeOffset? LastModified = null,
        string? VersionId = null,
        string? Text = null,
        string? Base64 = null,
        FileReference? File = null
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
        var form = ContentDelivery.FormOf(input);
        var store = stores.Get(input.Store);
        var request = new GetObjectRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            VersionId = input.VersionId,
            EtagToMatch = ETags.Quoted(input.IfMatch),
            ChecksumMode = ChecksumMode.ENABLED,
        };
        using var found = await MissingObject.AsBusinessErrorAsync(
            input.MissingError,
            place,
            () => store.OpenReadAsync("get-object", place, request, cancellation)
        );
        return await delivery.DeliverAsync(input, form, place, found, cancellation);
    }
}
