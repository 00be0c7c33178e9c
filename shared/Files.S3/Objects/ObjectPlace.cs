namespace Integration.Files.S3;

/// <summary>What a call is about, as it stands in messages.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object; null when the bucket as a whole is meant.</param>
public sealed record ObjectPlace(string Bucket, string? Key = null)
{
    /// <inheritdoc />
    public override string ToString() =>
        Key is null ? $"bucket '{Bucket}'" : $"'{Printable(Key)}' in bucket '{Bucket}'";

    // A line break in a key must not become one in a log.
    private static string Printable(string key) =>
        key.Any(char.IsControl)
            ? string.Concat(key.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
            : key;
}
