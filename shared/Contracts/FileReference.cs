using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>
/// Content that is too large for an event, by reference: <c>{"$file": {"store": …}}</c>. Who follows it checks size and
/// hash while reading, so what is read is what was meant.
/// </summary>
/// <param name="Store">Name of a store in the configuration of the service that reads it.</param>
/// <param name="Key">Where in the store, e.g. <c>2026/CR-17.pdf</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">64 hexadecimal digits, lower case.</param>
[JsonConverter(typeof(FileReferenceConverter))]
public sealed record FileReference(string Store, string Key, long Size, string Sha256)
{
    /// <summary>Where the key is, in a store that has buckets.</summary>
    public string? Bucket { get; init; }

    /// <summary>The media type, e.g. <c>application/pdf</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>What people call it, e.g. <c>CR-17.pdf</c>. Never a path.</summary>
    public string? Name { get; init; }
}
