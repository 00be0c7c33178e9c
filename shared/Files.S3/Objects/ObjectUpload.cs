namespace Integration.Files.S3;

/// <summary>Where a content goes and how it is described there.</summary>
/// <param name="Place">With a key.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record ObjectUpload(ObjectPlace Place, string? ContentType = null)
{
    /// <summary>Metadata by name, without <c>x-amz-meta-</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the content is, when that is known: no more memory than that is used.</summary>
    public long? Size { get; init; }

    /// <summary>Only when there is no such object yet.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>Only when the object there has this ETag.</summary>
    public string? IfMatch { get; init; }

    /// <summary>
    /// Whether the object is what an operation is there for: what fails or is cancelled before the request that makes it, its
    /// content included, then says that there was no effect. The default value is false: the object is a by-product,
    /// e.g. the saved answer of a call, and what its content fails with is passed on unchanged.
    /// </summary>
    public bool IsTheEffect { get; init; }

    /// <summary>For messages, e.g. <c>put-object</c>.</summary>
    public string What { get; init; } = "put-object";
}
