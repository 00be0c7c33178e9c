namespace Integration.Files.S3;

/// <summary>An object to copy inside a store.</summary>
/// <param name="From">The object.</param>
/// <param name="To">Where the copy goes.</param>
/// <param name="IfMatch">Only when the object has this ETag, with quotes.</param>
public sealed record ObjectCopy(ObjectPlace From, ObjectPlace To, string? IfMatch = null);

/// <summary>A copy that was made.</summary>
/// <param name="ETag">As the store gives it, without quotes.</param>
/// <param name="LastModified">When it was made; null for a copy in parts.</param>
/// <param name="VersionId">In a bucket with versions.</param>
public sealed record CopiedObject(string ETag, DateTimeOffset? LastModified, string? VersionId);
