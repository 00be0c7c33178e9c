using System.Security.Cryptography;
using System.Text;

namespace Integration.Hosting;

/// <summary>
/// The text of a token: a prefix by which people and scanners of leaked secrets know what it is, and 256 random bits in hex.
/// </summary>
internal static class ApiTokenText
{
    /// <summary>How every token begins.</summary>
    public const string Prefix = "intk_";

    /// <summary>Length of a hash in hex.</summary>
    public const int HashLength = 2 * SHA256.HashSizeInBytes;

    private const int Bytes = 32;

    /// <summary>Makes a new token from random bytes.</summary>
    public static string Create() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a credential is meant to be a token of this kind.</summary>
    public static bool LooksLikeOne(string credential) => credential.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>
    /// What is kept of it: SHA-256 of the whole text in hex. That is enough for 256 random bits: there is no list of likely ones to
    /// try, which is what slow hashes are for.
    /// </summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares hashes in the same time wherever they differ.</summary>
    public static bool AreEqual(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));

    /// <summary>Whether a setting can be a hash.</summary>
    public static bool IsHash(string text) =>
        text.Length == HashLength && text.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f');
}
