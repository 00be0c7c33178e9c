using Amazon.S3.Model;
using Integration.Errors;
using Microsoft.Extensions.Logging;

namespace Integration.Files.S3;

/// <summary>Uploads and copies in parts that were never completed. Their parts would cost money for ever.</summary>
internal sealed class UnfinishedUploads(S3Options options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan _patienceForRemoval = TimeSpan.FromSeconds(10);

    /// <summary>What a process that died has left of the same object. Not finding it out is no reason to fail.</summary>
    public async Task RemoveAbandonedAsync(ObjectStore store, ObjectPlace place, CancellationToken cancellation)
    {
        var request = new ListMultipartUploadsRequest
        {
            BucketName = place.Bucket,
            Prefix = place.Key,
            MaxUploads = 100,
        };
        try
        {
            var found = await store.CallAsync(
                "list-multipart-uploads",
                place,
                (s3, token) => s3.ListMultipartUploadsAsync(request, token),
                cancellation
            );
            var before = time.GetUtcNow().UtcDateTime - options.AbandonedAfter;
            foreach (var old in found.MultipartUploads ?? [])
            {
                if (old.Key == place.Key && old.Initiated?.ToUniversalTime() < before)
                    await RemoveAsync(store, place, old.UploadId);
            }
        }
        catch (TaskErrorException e)
        {
            logger.LogDebug(
                "Abandoned uploads of {Place} in the S3 store {Store} are not looked for: {Code}",
                place,
                store.Name,
                e.Code
            );
        }
    }

    /// <summary>Never throws: the failure that led here is already being reported.</summary>
    public async Task RemoveAsync(ObjectStore store, ObjectPlace place, string uploadId)
    {
        using var patience = new CancellationTokenSource(_patienceForRemoval, time);
        var request = new AbortMultipartUploadRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            UploadId = uploadId,
        };
        try
        {
            await store.CallAsync(
                "abort-multipart-upload",
                place,
                (s3, token) => s3.AbortMultipartUploadAsync(request, token),
                patience.Token
            );
        }
        catch (Exception e) when (e is TaskErrorException or OperationCanceledException)
        {
            // Completed after all, or removed by another process.
            if (e is TaskErrorException { Code: "no-such-upload" })
                return;
            logger.LogWarning(
                "The unfinished upload {UploadId} of {Place} in the S3 store {Store} could not be removed ({Code}). The next upload to the key "
                    + "removes it, or a lifecycle rule of the bucket.",
                uploadId,
                place,
                store.Name,
                (e as TaskErrorException)?.Code ?? "timeout"
            );
        }
    }
}
