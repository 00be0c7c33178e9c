namespace Integration.Files.S3;

/// <summary>ETags come in quotes; processes get them without.</summary>
public static class ETags
{
    /// <summary>Without quotes.</summary>
    public static string Plain(string? etag) => etag?.Trim('"') ?? "";

    /// <summary>With quotes, as the protocol has them; null stays null.</summary>
    public static string? Quoted(string? etag) => etag is null ? null : $"\"{etag.Trim('"')}\"";
}
