using System.Text;
using System.Xml;

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
            : key.StartsWith('/') || key.Split('/').Any(name => name is "." or "..")
                ? "must not begin with a slash, nor have the names '.' and '..' in it."
            : key.Contains('\0', StringComparison.Ordinal) ? "holds U+0000, which no store keeps."
            : null;
    }

    /// <summary>Whether a key survives in XML 1.0: most control characters it cannot hold, and line breaks become others.</summary>
    public static bool SurvivesXml(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (var i = 0; i < key.Length; i++)
        {
            if (i + 1 < key.Length && XmlConvert.IsXmlSurrogatePair(key[i + 1], key[i]))
                i++;
            else if (char.IsControl(key[i]) || !XmlConvert.IsXmlChar(key[i]))
                return false;
        }

        return true;
    }
}
