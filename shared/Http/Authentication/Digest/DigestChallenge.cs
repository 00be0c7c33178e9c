using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Integration.Http;

/// <summary>What a target wants to be proved (RFC 7616, 3.3).</summary>
internal sealed partial record DigestChallenge(
    string Realm,
    string Nonce,
    DigestAlgorithm Algorithm,
    string? NamedAlgorithm,
    string? Opaque,
    bool HasQop,
    bool IsStale,
    bool HashesUser
)
{
    /// <summary>The strongest that we can answer; null when there is none.</summary>
    public static DigestChallenge? Strongest(HttpHeaderValueCollection<AuthenticationHeaderValue> challenges) =>
        challenges
            .Where(challenge => challenge.Scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase))
            .Select(challenge => Read(challenge.Parameter ?? ""))
            .OfType<DigestChallenge>()
            .MaxBy(challenge => challenge.Algorithm.Strength);

    internal static DigestChallenge? Read(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(text))
            parameters[match.Groups["name"].Value] = match.Groups["quoted"].Success
                ? Escape().Replace(match.Groups["quoted"].Value, "${letter}")
                : match.Groups["token"].Value;

        var qops = parameters.GetValueOrDefault("qop")?.Split(',', StringSplitOptions.TrimEntries);
        var algorithm = parameters.GetValueOrDefault("algorithm");
        if (
            !parameters.TryGetValue("nonce", out var nonce)
            || DigestAlgorithm.Find(algorithm) is not { } found
            // auth-int wants the digest of the whole body before its first byte is sent.
            || qops?.Contains("auth", StringComparer.OrdinalIgnoreCase) == false
        )
            return null;
        return new DigestChallenge(
            parameters.GetValueOrDefault("realm", ""),
            nonce,
            found,
            algorithm,
            parameters.GetValueOrDefault("opaque"),
            qops is not null,
            Says("stale"),
            Says("userhash")
        );

        bool Says(string name) =>
            parameters.TryGetValue(name, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(
        """(?<name>[A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*=\s*("(?<quoted>(\\.|[^"\\])*)"|(?<token>[^\s,"]+))""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(?<letter>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
