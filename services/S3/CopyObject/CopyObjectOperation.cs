using Integration.Errors;
using Integration.Files.S3;
using Integration.Sdk;

namespace Integration.S3.CopyObject;

/// <summary>Copies an object inside a store, without fetching it. Metadata and media type are copied, too.</summary>
[Operation("s3.copy-object", Version = 1, Effect = Effect.Idempotent)]
[RaisesFrom(typeof(MissingObject))]
[RaisesFrom(typeof(ObjectStore))]
internal sealed class CopyObjectOperation(ObjectStores stores)
    : Operation<CopyObjectOperation.Input, CopyObjectOperation.Output>
{
    /// <summary>What to copy and where.</summary>
    /// <param name="Bucket">Where the object is.</param>
    /// <param name="Key">The object's key: up to 1024 bytes, no leading slash, no <c>.</c> or <c>..</c> between slashes.</param>
    /// <param name="ToKey">The copy's key. What is there is replaced.</param>
    /// <param name="ToBucket">Where the copy goes. The default value is the same bucket.</param>
    /// <param name="IfMatch">Refuse unless the object has this ETag.</param>
    /// <param name="MissingError">Code of the BPMN error that is raised when there is no such object.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Bucket,
        string Key,
        string ToKey,
        string? ToBucket = null,
        string? IfMatch = null,
        string? MissingError = null,
        string Store = "default"
    );

    /// <summary>The copy.</summary>
    /// <param name="ETag">Without quotes.</param>
    /// <param name="LastModified">When it was made; absent for an object that was copied in parts.</param>
    /// <param name="VersionId">In a bucket with versions.</param>
    public sealed record Output(string ETag, DateTimeOffset? LastModified = null, string? VersionId = null);

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
        var from = ObjectNames.Place(input.Bucket, input.Key);
        var to = ObjectNames.Place(input.ToBucket ?? input.Bucket, input.ToKey, "toBucket", "toKey");
        if (from == to)
            throw InvalidInput.At("toKey", "is the object itself: a copy needs another key or bucket.");
        var copy = await MissingObject.AsBusinessErrorAsync(
            input.MissingError,
            from,
            () => stores.Get(input.Store).CopyAsync(new ObjectCopy(from, to, ETags.Quoted(input.IfMatch)), cancellation)
        );
        return new Output(copy.ETag, copy.LastModified, copy.VersionId);
    }
}
