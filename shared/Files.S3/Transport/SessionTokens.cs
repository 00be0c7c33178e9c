using Integration.Hosting;

namespace Integration.Files.S3;

/// <summary>
/// Takes session tokens out of what a store says: it gets them with each request. Elsewhere they stay, as they are a part of
/// presigned addresses.
/// </summary>
internal sealed class SessionTokens
{
    private volatile string? _last;

    /// <summary>That requests are signed with from now on; null for none.</summary>
    public void Use(string? token) => _last = token is { Length: > 0 } ? token : null;

    /// <summary>Null stays null.</summary>
    public string? Hide(string? text) =>
        _last is { } token ? text?.Replace(token, SecretMask.Stars, StringComparison.Ordinal) : text;
}
