using Amazon.S3.Model;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files.S3;

/// <summary>Files in one bucket, below one prefix. No reference leads out of it.</summary>
internal sealed class S3FileStore(ObjectStore store, FileStoreOptions options) : IFileStore
{
    public async Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        if (reference.Bucket != options.Bucket)
            throw FileErrors.Refused(reference, "it is about another bucket.");
        if (!reference.Key.StartsWith(options.Prefix, StringComparison.Ordinal))
            throw FileErrors.Refused(reference, "its key does not begin with the prefix of the store.");
        if (ObjectKeys.Problem(reference.Key) is { } problem)
            throw FileErrors.Refused(reference, $"its key {problem}");
        var place = new ObjectPlace(options.Bucket, reference.Key);
        var request = new GetObjectRequest { BucketName = place.Bucket, Key = place.Key };
        try
        {
            return (await store.OpenReadAsync("get-object", place, request, cancellation)).Content;
        }
        catch (DataErrorException e) when (e.Code is "no-such-key" or "not-found")
        {
            throw FileErrors.NotFound(reference, e);
        }
    }

    public async Task<StoredFile> SaveAsync(
        string key,
        Stream content,
        string? contentType,
        CancellationToken cancellation
    )
    {
        var place = new ObjectPlace(options.Bucket, options.Prefix + key);
        await store.UploadAsync(new ObjectUpload(place, contentType), content, cancellation);
        return new StoredFile(place.Bucket, place.Key!);
    }
}
