using System.ComponentModel.DataAnnotations;
using Amazon.S3;
using Amazon.S3.Model;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Sdk;

namespace Integration.S3.DeleteObjects;

/// <summary>Removes objects from a bucket. One that is not there counts as removed.</summary>
/// <remarks>
/// When some cannot be removed, the task fails with the error of the first; its <c>details</c> name them, and the others are gone.
/// </remarks>
[Operation("s3.delete-objects", Version = 1, Effect = Effect.Idempotent)]
[RaisesFrom(typeof(ObjectStore))]
internal sealed class DeleteObjectsOperation(ObjectStores stores)
    : Operation<DeleteObjectsOperation.Input, DeleteObjectsOperation.Output>
{
    /// <summary>What to remove.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Keys">Keys of the objects.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Bucket,
        [Length(1, 1000, ErrorMessage = "inputs.keys must hold 1 to 1000 keys.")] IReadOnlyList<string> Keys,
        string Store = "default"
    );

    /// <summary>What was removed.</summary>
    /// <param name="Removed">How many keys have no object any more.</param>
    public sealed record Output(int Removed);

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
        for (var i = 0; i < input.Keys.Count; i++)
            ObjectNames.CheckKey(input.Keys[i], $"keys[{i}]");
        var store = stores.Get(input.Store);
        var keys = input.Keys.Distinct(StringComparer.Ordinal).ToList();
        // The list of keys travels as XML, which cannot hold all of them.
        var listed = keys.FindAll(ObjectKeys.SurvivesXml);
        var errors = listed is [] ? [] : await RemoveAsync(store, place, listed, cancellation);
        foreach (var key in keys.Except(listed, StringComparer.Ordinal))
        {
            var request = new DeleteObjectRequest { BucketName = place.Bucket, Key = key };
            await store.CallAsync(
                "delete-objects",
                place with
                {
                    Key = key,
                },
                (s3, token) => s3.DeleteObjectAsync(request, token),
                cancellation
            );
        }

        return errors is [] ? new Output(keys.Count) : throw store.Failed("delete-objects", place, errors);
    }

    private static Task<List<DeleteError>> RemoveAsync(
        ObjectStore store,
        ObjectPlace place,
        List<string> keys,
        CancellationToken cancellation
    )
    {
        var request = new DeleteObjectsRequest
        {
            BucketName = place.Bucket,
            Objects = [.. keys.Select(key => new KeyVersion { Key = key })],
            Quiet = true,
        };
        return store.CallAsync(
            "delete-objects",
            place,
            (s3, token) => ErrorsAsync(() => s3.DeleteObjectsAsync(request, token)),
            cancellation
        );
    }

    private static async Task<List<DeleteError>> ErrorsAsync(Func<Task<DeleteObjectsResponse>> call)
    {
        try
        {
            return (await call()).DeleteErrors ?? [];
        }
        catch (DeleteObjectsException e)
        {
            return e.Response.DeleteErrors ?? [];
        }
    }
}
