using System.Globalization;
using System.Text;

namespace Integration.Fixtures;

/// <summary>XML that is small to send and may be expensive to read, in every shape that has cost somebody a server.</summary>
public static class HostileXml
{
    /// <summary>Pieces to stand inside an element; their size grows with the argument.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Shapes { get; } =
        new Dictionary<string, Func<int, string>>(StringComparer.Ordinal)
        {
            ["nesting"] = n => Repeat("<a>", n) + Repeat("</a>", n),
            ["nesting with namespaces"] = n => Many(n, i => $"<p{i}:a xmlns:p{i}='urn:{i}'>") + "<!--",
            ["siblings"] = n => Repeat("<a/>", n),
            ["siblings of different names"] = n => Many(n, i => $"<a{i}/>"),
            ["attributes"] = n => $"<a {Many(n, i => $"b{i}='' ")}/>",
            ["attributes in namespaces"] = n =>
                $"<x xmlns:p='urn:p' xmlns:q='urn:q'>{Repeat($"<a {Many(40, i => $"p:b{i}='1' q:b{i}='2' ")}/>", n / 40)}</x>",
            ["attributes in namespaces of their own"] = n => $"<a {Many(n, i => $"xmlns:p{i}='urn:{i}' p{i}:b='' ")}/>",
            ["namespaces"] = n => $"<a {Many(n, i => $"xmlns:p{i}='urn:{i}' ")}/>",
            ["namespaces again and again"] = n =>
                $"<x {Many(500, i => $"xmlns:p{i}='urn:{i}' ")}>{Many(n, i => $"<p{i % 500}:a/>")}</x>",
            ["long text"] = n => new string('x', 8 * n),
            ["long attribute"] = n => $"<a b='{new string('x', 8 * n)}'/>",
            ["long name"] = n => $"<{new string('x', 8 * n)}/>",
            ["comments"] = n => Repeat("<!--x-->", n),
            ["text between comments"] = n => Repeat("x<!---->", n),
            ["text between instructions"] = n => Repeat("x<?p?>", n),
            ["sections of CDATA"] = n => Repeat("<![CDATA[x]]>", n),
            ["text and CDATA"] = n => Repeat("x<![CDATA[y]]>", n),
            ["character references"] = n => Repeat("&#65;&amp;", n),
            ["deep and wide"] = n => Repeat(Repeat("<a>", 50) + "x" + Repeat("</a>", 50), n / 50),
            ["text between elements"] = n => Repeat("x<a/>", n),
        };

    /// <summary>Names of the shapes.</summary>
    public static IEnumerable<string> Names => Shapes.Keys;

    /// <summary>Something again and again, with its number.</summary>
    public static string Many(int count, Func<int, string> piece)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{piece(i)}");
        return text.ToString();
    }

    private static string Repeat(string piece, int count) => Many(count, _ => piece);
}
