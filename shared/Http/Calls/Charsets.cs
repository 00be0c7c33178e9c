using System.Text;

namespace Integration.Http;

/// <summary>The character sets that answers come in.</summary>
public static class Charsets
{
    /// <summary>By its name on the wire. Bytes that do not fit are replaced.</summary>
    /// <exception cref="ArgumentException">Nobody knows it.</exception>
    public static Encoding Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim('"', '\'', ' ');
        return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
    }
}
