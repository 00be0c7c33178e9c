using Microsoft.Extensions.Options;

namespace Integration.Files.S3;

/// <summary>Files in a bucket.</summary>
internal sealed class S3Kind(ObjectStores stores, IOptions<S3Options> s3) : IFileStoreKind
{
    public string Name => "S3";

    public IEnumerable<string> Problems(string settings, FileStoreOptions options)
    {
        if (options.Bucket.Length == 0)
            yield return $"{settings}__{nameof(options.Bucket)} is empty. Name the bucket.";
        if (!s3.Value.Stores.ContainsKey(options.Profile))
        {
            yield return $"{settings}__{nameof(options.Profile)}: there is no S3 store '{options.Profile}'. Configure "
                + $"S3__Stores__{options.Profile}__Endpoint and its credentials.";
        }
    }

    public IFileStore Open(string name, FileStoreOptions options) =>
        new S3FileStore(stores.Get(options.Profile), options);
}
