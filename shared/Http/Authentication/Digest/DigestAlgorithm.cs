using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Integration.Http;

/// <summary>How digests are made (RFC 7616, 6.1). The platform has no SHA-512/256.</summary>
/// <param name="Strength">The higher, the better.</param>
/// <param name="IsSession">Whether the digest of user and password is made anew for each nonce.</param>
internal sealed record DigestAlgorithm(int Strength, bool IsSession, Func<byte[], byte[]> Hash)
{
    /// <summary>By its name; MD5 when a challenge names none. Null for what we do not have.</summary>
    public static DigestAlgorithm? Find(string? name) =>
        name?.ToUpperInvariant() switch
        {
            null or "MD5" => new(0, false, Md5),
            "MD5-SESS" => new(0, true, Md5),
            "SHA-256" => new(1, false, SHA256.HashData),
            "SHA-256-SESS" => new(1, true, SHA256.HashData),
            _ => null,
        };

    /// <summary>In hexadecimal digits.</summary>
    public string Of(string text) => Convert.ToHexStringLower(Hash(Encoding.UTF8.GetBytes(text)));

    [SuppressMessage("Security", "CA5351", Justification = "The target names the algorithm; SHA-256 is preferred.")]
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
}
