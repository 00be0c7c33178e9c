using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Integration.Errors;

namespace Integration.Files.S3;

/// <summary>Copies inside a store. Larger objects are copied in parts: 5 GiB, the most at once, take longer than a caller waits.</summary>
internal sealed class Copies(S3Options options, UnfinishedUploads unfinished)
{
    private const string What = "copy-object";

    public async Task<CopiedObject> RunAsync(ObjectStore store, ObjectCopy copy, CancellationToken cancellation) =>
        await FindAsync(store, copy.From, cancellation) is { } source && source.ContentLength > options.CopyPartBytes
            ? await InPartsAsync(store, copy, source, cancellation)
            : await AtOnceAsync(store, copy, cancellation);

    // Null when there is none: the copy itself says better what is missing, bucket or object.
    private static async Task<GetObjectMetadataResponse?> FindAsync(
        ObjectStore store,
        ObjectPlace place,
        CancellationToken cancellation
    )
    {
        var request = new GetObjectMetadataRequest { BucketName = place.Bucket, Key = place.Key };
        try
        {
            return await store.CallAsync(
                What,
                place,
                (s3, token) => s3.GetObjectMetadataAsync(request, token),
                cancellation
            );
        }
        catch (DataErrorException e) when (e.Code is "not-found" or "no-such-key")
        {
            return null;
        }
    }

    private static async Task<CopiedObject> AtOnceAsync(
        ObjectStore store,
        ObjectCopy copy,
        CancellationToken cancellation
    )
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = copy.From.Bucket,
            SourceKey = copy.From.Key,
            DestinationBucket = copy.To.Bucket,
            DestinationKey = copy.To.Key,
            MetadataDirective = S3MetadataDirective.COPY,
            ETagToMatch = copy.IfMatch,
        };
        var made = await store.CallAsync(
            What,
            copy.From,
            (s3, token) => s3.CopyObjectAsync(request, token),
            cancellation
        );
        return new CopiedObject(ETags.Plain(made.ETag), LastModified(made.LastModified), made.VersionId);
    }

    private async Task<CopiedObject> InPartsAsync(
        ObjectStore store,
        ObjectCopy copy,
        GetObjectMetadataResponse source,
        CancellationToken cancellation
    )
    {
        if (copy.IfMatch is not null && ETags.Plain(copy.IfMatch) != ETags.Plain(source.ETag))
            throw Changed(store, copy.From);
        await unfinished.RemoveAbandonedAsync(store, copy.To, cancellation);
        var begin = Beginning(copy.To, source);
        var started = await store.CallAsync(
            What,
            copy.To,
            (s3, token) => s3.InitiateMultipartUploadAsync(begin, token),
            cancellation
        );
        try
        {
            var parts = await CopyPartsAsync(store, copy, source, started.UploadId, cancellation);
            // Asked by us: not every store compares the ETag of an object that was itself uploaded in parts.
            if ((await FindAsync(store, copy.From, cancellation))?.ETag != source.ETag)
                throw Changed(store, copy.From);
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = copy.To.Bucket,
                Key = copy.To.Key,
                UploadId = started.UploadId,
                PartETags = parts,
            };
            var made = await store.CallAsync(
                What,
                copy.To,
                (s3, token) => s3.CompleteMultipartUploadAsync(complete, token),
                cancellation
            );
            return new CopiedObject(ETags.Plain(made.ETag), null, made.VersionId);
        }
        catch
        {
            await unfinished.RemoveAsync(store, copy.To, started.UploadId);
            throw;
        }
    }

    // What a copy in one request takes along anyway.
    private static InitiateMultipartUploadRequest Beginning(ObjectPlace to, GetObjectMetadataResponse source)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = to.Bucket,
            Key = to.Key,
            ContentType = source.Headers.ContentType,
        };
        begin.Headers.CacheControl = source.Headers.CacheControl;
        begin.Headers.ContentDisposition = source.Headers.ContentDisposition;
        begin.Headers.ContentEncoding = source.Headers.ContentEncoding;
        foreach (var name in source.Metadata.Keys)
            begin.Metadata[name] = source.Metadata[name];
        return begin;
    }

    private async Task<List<PartETag>> CopyPartsAsync(
        ObjectStore store,
        ObjectCopy copy,
        GetObjectMetadataResponse source,
        string uploadId,
        CancellationToken cancellation
    )
    {
        var made = new List<PartETag>();
        for (long first = 0; first < source.ContentLength; first += options.CopyPartBytes)
        {
            var request = new CopyPartRequest
            {
                SourceBucket = copy.From.Bucket,
                SourceKey = copy.From.Key,
                DestinationBucket = copy.To.Bucket,
                DestinationKey = copy.To.Key,
                UploadId = uploadId,
                PartNumber = made.Count + 1,
                FirstByte = first,
                LastByte = Math.Min(first + options.CopyPartBytes, source.ContentLength) - 1,
            };
            var part = await store.CallAsync(
                What,
                copy.From,
                (s3, token) => s3.CopyPartAsync(request, token),
                cancellation
            );
            made.Add(new PartETag(request.PartNumber.Value, part.ETag));
        }

        return made;
    }

    private static DataErrorException Changed(ObjectStore store, ObjectPlace place) =>
        new(
            "precondition-failed",
            $"{What} of {place}: the object in the S3 store '{store.Name}' is not the one that was asked for, or was replaced while it was "
                + "copied."
        )
        {
            Target = store.Target,
        };

    private static DateTimeOffset? LastModified(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
