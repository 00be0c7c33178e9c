using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.S3.PutObject;

/// <summary>Stores an object in a bucket. What is there already is replaced.</summary>
/// <remarks>
/// The content comes as text, in base64, or as a file reference, which is streamed whatever its size. Its SHA-256 is stored with
/// it and compared when this service fetches it.
/// </remarks>
[Operation("s3.put-object", Version = 1, Effect = Effect.Idempotent)]
[RaisesFrom(typeof(ObjectStore))]
[RaisesFrom(typeof(FileErrors))]
internal sealed class PutObjectOperation(ObjectStores stores, IFileStores files, IOptions<S3ServiceOptions> options)
    : Operation<PutObjectOperation.Input, PutObjectOperation.Output>
{
    /// <summary>Exactly one of <c>text</c>, <c>base64</c> and <c>file</c> is the content.</summary>
    /// <param name="Bucket">An existing bucket.</param>
    /// <param name="Key">The object's key: up to 1024 bytes, no leading slash, no <c>.</c> or <c>..</c> between slashes.</param>
    /// <param name="Text">The content as text; stored in UTF-8.</param>
    /// <param name="Base64">The content in base64.</param>
    /// <param name="File">The content as a file reference; streamed.</param>
    /// <param name="ContentType">
    /// Media type. The default value is that of the file reference, <c>text/plain; charset=utf-8</c> for text, otherwise
    /// <c>application/octet-stream</c>.
    /// </param>
    /// <param name="Metadata">By name, lower case, without <c>x-amz-meta-</c>; plain ASCII, 2048 characters in all.</param>
    /// <param name="CreateOnly">Refuse when there is such an object already. Some stores ignore it.</param>
    /// <param name="IfMatch">Refuse unless the object there has this ETag. Some stores ignore it.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Bucket,
        string Key,
        string? Text = null,
        string? Base64 = null,
        FileReference? File = null,
        string? ContentType = null,
        IReadOnlyDictionary<string, string>? Metadata = null,
        bool CreateOnly = false,
        string? IfMatch = null,
        string Store = "default"
    );

    /// <summary>What was stored.</summary>
    /// <param name="ETag">As the store gives it, without quotes.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="Sha256">Of the content, 64 hexadecimal digits.</param>
    /// <param name="VersionId">In a bucket with versions.</param>
    public sealed record Output(string ETag, long Size, string Sha256, string? VersionId = null);

    /// <summary>
    /// With <c>createOnly</c> or <c>ifMatch</c> it is not repeated, because it would meet its own first success: when the answer is
    /// lost, the task is in doubt.
    /// </summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.CreateOnly || input.IfMatch is not null ? Effect.Once : declared;
    }

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
        var metadata = ObjectMetadata.Checked(input.Metadata);
        if (input.CreateOnly && input.IfMatch is not null)
            throw InvalidInput.At("ifMatch", "and createOnly exclude each other: set one of them.");
        var content = SentContent.Of(input, options.Value.MaxInlineBytes);
        var store = stores.Get(input.Store);
        metadata[ObjectMetadata.Sha256] = content.Sha256;
        var upload = new ObjectUpload(place, content.ContentType)
        {
            Metadata = metadata,
            Size = content.Size,
            CreateOnly = input.CreateOnly,
            IfMatch = ETags.Quoted(input.IfMatch),
            IsTheEffect = true,
        };
        await using var stream = await BeforeEffect.RunAsync(() => content.OpenAsync(files, cancellation));
        var stored = await store.UploadAsync(upload, stream, cancellation);
        return new Output(stored.ETag, stored.Size, content.Sha256, stored.VersionId);
    }
}
