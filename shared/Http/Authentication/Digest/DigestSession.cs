using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Integration.Http;

/// <summary>A challenge and the answers to it, each with a number of its own (RFC 7616, 3.4).</summary>
/// <param name="challenge">Of the target.</param>
/// <param name="clientNonce">Of our own, the same for all answers.</param>
internal sealed class DigestSession(DigestChallenge challenge, string clientNonce)
{
    private int _count;

    public static DigestSession Of(DigestChallenge challenge) =>
        new(challenge, RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>The parameters of the header <c>Authorization</c>.</summary>
    /// <param name="method">E.g. GET.</param>
    /// <param name="target">Path and query as they are sent.</param>
    /// <param name="user">Plain.</param>
    /// <param name="password">Plain.</param>
    public string Answer(string method, string target, string user, string password)
    {
        var algorithm = challenge.Algorithm;
        var count = Interlocked.Increment(ref _count).ToString("x8", CultureInfo.InvariantCulture);
        var account = algorithm.Of($"{user}:{challenge.Realm}:{password}");
        if (algorithm.IsSession)
            account = algorithm.Of($"{account}:{challenge.Nonce}:{clientNonce}");
        var request = algorithm.Of($"{method}:{target}");
        var proof = challenge.HasQop
            ? algorithm.Of($"{account}:{challenge.Nonce}:{count}:{clientNonce}:auth:{request}")
            : algorithm.Of($"{account}:{challenge.Nonce}:{request}");

        var text = new StringBuilder(UserName(user, algorithm))
            .Append($", realm={Quoted(challenge.Realm)}, nonce={Quoted(challenge.Nonce)}, uri={Quoted(target)}")
            .Append($", response=\"{proof}\"");
        if (challenge.NamedAlgorithm is { } named)
            text.Append($", algorithm={named}");
        if (challenge.Opaque is { } opaque)
            text.Append($", opaque={Quoted(opaque)}");
        if (challenge.HasQop)
            text.Append($", qop=auth, nc={count}, cnonce=\"{clientNonce}\"");
        return text.ToString();
    }

    private string UserName(string user, DigestAlgorithm algorithm) =>
        challenge.HashesUser ? $"username=\"{algorithm.Of($"{user}:{challenge.Realm}")}\", userhash=true"
        : Ascii.IsValid(user) ? $"username={Quoted(user)}"
        : $"username*=UTF-8''{Uri.EscapeDataString(user)}";

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
