namespace Integration.Hosting;

/// <summary>A token of the settings: <c>Api__Tokens__NAME</c>. The token itself is nowhere in them.</summary>
public sealed class ConfiguredToken
{
    /// <summary>
    /// SHA-256 of the token in hex, 64 small letters and digits; <c>deploy/tokens.sh</c> makes a token and its hash. Required.
    /// </summary>
    public string Hash { get; set; } = "";

    /// <summary><c>viewer</c>, <c>operator</c> or <c>administrator</c>. Required.</summary>
    public string Role { get; set; } = "";
}
