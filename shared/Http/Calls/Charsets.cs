using System.Text;

namespace Integration.Http;

/// <summary>The character sets that answers come in.</summary>
public static class Charsets
{
    /// <summary>By its name on the wire; null when it is not known. Bytes that do not fit are replaced.</summary>
    public static Encoding? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim('"', '\'', ' ');
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
