using System.Text;

namespace Integration.Http;

/// <summary>The character sets that answers come in.</summary>
public static class Charsets
{
    /// <summary>By its name on the wire, and <c>utf8</c>, which many write. Bytes that do not fit are replaced.</summary>
    /// <exception cref="ArgumentException">Nobody knows it, or nobody should read it any more (<c>utf-7</c>).</exception>
    public static Encoding Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim('"', '\'', ' ');
        if (name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(name), e);
        }
    }
}
