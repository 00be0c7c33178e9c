using System.Text;

namespace Integration.Files.S3;

/// <summary>Which keys are sent. Some that a store would take are resolved on the way to it, and would lead to another object or bucket.</summary>
public static class ObjectKeys
{
    private const int Longest = 1024;

    /// <summary>What is wrong with a key, as the rest of a sentence; null when nothing is.</summary>
    public static string? Problem(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length == 0 || Encoding.UTF8.GetByteCount(key) > Longest
                ? $"must be between 1 and {Longest} bytes long in UTF-8."
            : key.StartsWith('/') || key.Split('/').Any(name => name is "." or "..") || key.Any(char.IsControl)
                ? "must not begin with a slash, nor have the names '.' and '..' or control characters in it."
            : null;
    }
}
