using Amazon.S3.Model;
using Integration.Errors;

namespace Integration.Files.S3;

/// <summary>
/// Uploads, a bounded number at once. Each holds one part in memory: a part is sent with a signature over its bytes, which
/// the store compares with what arrived. Only the last request of an upload makes the object.
/// </summary>
internal sealed class Uploads(S3Options options, UnfinishedUploads unfinished) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.MaxUploads);

    public async Task<UploadedObject> RunAsync(
        ObjectStore store,
        ObjectUpload upload,
        Stream content,
        CancellationToken cancellation
    )
    {
        await BeforeAsync(
            upload,
            async () =>
            {
                await _turns.WaitAsync(cancellation);
                return true;
            }
        );
        try
        {
            var part = new byte[Math.Max(1, Math.Min(upload.Size ?? options.PartBytes, options.PartBytes))];
            var (length, next) = await BeforeAsync(upload, () => BeginAsync(content, part, cancellation));
            return next < 0
                ? await AtOnceAsync(store, upload, part.AsMemory(0, length), cancellation)
                : await InPartsAsync(store, upload, new PartReader(content, part, length, (byte)next), cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    internal static async Task<int> NextAsync(Stream content, CancellationToken cancellation)
    {
        var one = new byte[1];
        return await content.ReadAsync(one, cancellation) == 0 ? -1 : one[0];
    }

    private static async Task<(int Length, int Next)> BeginAsync(
        Stream content,
        byte[] part,
        CancellationToken cancellation
    )
    {
        var length = await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellation);
        // A content that ends with the buffer is known to end only when it was asked for more.
        return (length, length < part.Length ? -1 : await NextAsync(content, cancellation));
    }

    private static Task<T> BeforeAsync<T>(ObjectUpload upload, Func<Task<T>> step) =>
        upload.IsTheEffect ? BeforeEffect.RunAsync(step) : step();

    private static async Task<UploadedObject> AtOnceAsync(
        ObjectStore store,
        ObjectUpload upload,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation
    )
    {
        var request = new PutObjectRequest
        {
            BucketName = upload.Place.Bucket,
            Key = upload.Place.Key,
            InputStream = Bytes(content),
            ContentType = upload.ContentType,
            UseChunkEncoding = false,
            IfMatch = upload.IfMatch,
            IfNoneMatch = upload.CreateOnly ? "*" : null,
        };
        foreach (var (name, value) in upload.Metadata)
            request.Metadata[name] = value;
        var answer = await store.CallAsync(
            upload.What,
            upload.Place,
            (s3, token) => s3.PutObjectAsync(request, token),
            cancellation
        );
        return new UploadedObject(ETags.Plain(answer.ETag), content.Length, answer.VersionId);
    }

    private async Task<UploadedObject> InPartsAsync(
        ObjectStore store,
        ObjectUpload upload,
        PartReader parts,
        CancellationToken cancellation
    )
    {
        var uploadId = await BeforeAsync(upload, () => InitiateAsync(store, upload, cancellation));
        try
        {
            var sent = await BeforeAsync(upload, () => SendPartsAsync(store, upload, uploadId, parts, cancellation));
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = upload.Place.Bucket,
                Key = upload.Place.Key,
                UploadId = uploadId,
                PartETags = sent,
                IfMatch = upload.IfMatch,
                IfNoneMatch = upload.CreateOnly ? "*" : null,
            };
            var answer = await store.CallAsync(
                upload.What,
                upload.Place,
                (s3, token) => s3.CompleteMultipartUploadAsync(complete, token),
                cancellation
            );
            return new UploadedObject(ETags.Plain(answer.ETag), parts.Size, answer.VersionId);
        }
        catch
        {
            // A caller that cancels does not want to wait, but parts that are left behind cost money for ever.
            await unfinished.RemoveAsync(store, upload.Place, uploadId);
            throw;
        }
    }

    private async Task<string> InitiateAsync(ObjectStore store, ObjectUpload upload, CancellationToken cancellation)
    {
        await unfinished.RemoveAbandonedAsync(store, upload.Place, cancellation);
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = upload.Place.Bucket,
            Key = upload.Place.Key,
            ContentType = upload.ContentType,
        };
        foreach (var (name, value) in upload.Metadata)
            begin.Metadata[name] = value;
        var started = await store.CallAsync(
            upload.What,
            upload.Place,
            (s3, token) => s3.InitiateMultipartUploadAsync(begin, token),
            cancellation
        );
        return started.UploadId;
    }

    private static async Task<List<PartETag>> SendPartsAsync(
        ObjectStore store,
        ObjectUpload upload,
        string uploadId,
        PartReader parts,
        CancellationToken cancellation
    )
    {
        var sent = new List<PartETag>();
        do
        {
            var request = new UploadPartRequest
            {
                BucketName = upload.Place.Bucket,
                Key = upload.Place.Key,
                UploadId = uploadId,
                PartNumber = sent.Count + 1,
                PartSize = parts.Current.Length,
                InputStream = Bytes(parts.Current),
                UseChunkEncoding = false,
            };
            var answer = await store.CallAsync(
                upload.What,
                upload.Place,
                (s3, token) => s3.UploadPartAsync(request, token),
                cancellation
            );
            sent.Add(new PartETag(request.PartNumber.Value, answer.ETag));
        } while (await parts.ReadAsync(cancellation));

        return sent;
    }

    private static MemoryStream Bytes(ReadOnlyMemory<byte> content)
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out var segment);
        return new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
    }
}
