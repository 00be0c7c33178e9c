namespace Integration.Hosting;

/// <summary>A token as it stands in its table, without the token itself. Times are milliseconds since 1970.</summary>
internal sealed class ApiToken
{
    /// <summary>Columns in the names of the properties.</summary>
    public const string Columns = "id, name, hash, role, origin, created_at, expires_at, revoked_at, last_used_at";

    /// <summary>Made by the command <c>token new</c>.</summary>
    public const string Made = "command";

    /// <summary>Taken over from a setting.</summary>
    public const string Configured = "setting";

    /// <summary>No longer in the settings; it is valid again when it comes back.</summary>
    public const string Removed = "removed";

    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string Hash { get; init; } = "";
    public string Role { get; init; } = "";
    public string Origin { get; init; } = "";
    public long CreatedAt { get; init; }
    public long? ExpiresAt { get; init; }
    public long? RevokedAt { get; init; }
    public long? LastUsedAt { get; init; }
}
