namespace Integration.Rest.Request;

/// <summary>What is JSON.</summary>
internal static class MediaTypes
{
    public static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (
            mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        );
}
