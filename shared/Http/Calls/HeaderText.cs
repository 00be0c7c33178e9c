using System.Text;
using System.Text.Unicode;

namespace Integration.Http;

/// <summary>The value of a header as its sender meant it.</summary>
internal static class HeaderText
{
    /// <summary>
    /// Bytes beyond ASCII have no meaning of their own (RFC 9110, 5.5): those that are utf-8 hardly mean anything else, and the
    /// others are ISO-8859-1, in which the framework has read all of them.
    /// </summary>
    public static string Of(string value)
    {
        if (Ascii.IsValid(value) || value.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
            return value;
        var bytes = Encoding.Latin1.GetBytes(value);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }
}
