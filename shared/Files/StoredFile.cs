namespace Integration.Files;

/// <summary>Where a store has put a content.</summary>
/// <param name="Bucket">In a store that has buckets.</param>
/// <param name="Key">The key that finds it.</param>
public sealed record StoredFile(string? Bucket, string Key);
