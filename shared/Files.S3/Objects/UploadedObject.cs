namespace Integration.Files.S3;

/// <summary>An object that was stored.</summary>
/// <param name="ETag">As the store gives it, without quotes.</param>
/// <param name="Size">In bytes.</param>
/// <param name="VersionId">In a bucket with versions.</param>
public sealed record UploadedObject(string ETag, long Size, string? VersionId);
