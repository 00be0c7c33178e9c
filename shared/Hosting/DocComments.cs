using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Integration.Hosting;

/// <summary>
/// The doc comments of an assembly, from the XML file that is built beside it: what a setting or an input means is written
/// once, where it is declared. Without the file, or for a member without a comment, the text is empty.
/// </summary>
public sealed partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, DocComments> _read = new();

    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    private DocComments(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file))
            return;
        foreach (var member in XDocument.Load(file).Descendants("member"))
            _members[member.Attribute("name")!.Value] = member;
    }

    /// <summary>Reads the file once.</summary>
    public static DocComments Of(Assembly assembly) => _read.GetOrAdd(assembly, static key => new DocComments(key));

    /// <summary>The summary of a type, a property, a field or a value of an enumeration.</summary>
    public string Summary(MemberInfo member, DocStyle style) => Text(Id(member), "summary", style);

    /// <summary>The remarks.</summary>
    public string Remarks(MemberInfo member, DocStyle style) => Text(Id(member), "remarks", style);

    /// <summary>The summary of a method that the type declares; of the first one with this name.</summary>
    public string Summary(Type type, string method, DocStyle style)
    {
        ArgumentNullException.ThrowIfNull(type);
        var start = $"M:{Name(type)}.{method}(";
        var id = _members.Keys.FirstOrDefault(key => key.StartsWith(start, StringComparison.Ordinal));
        return id is null ? "" : Text(id, "summary", style);
    }

    private string Text(string id, string element, DocStyle style)
    {
        if (!_members.TryGetValue(id, out var member) || member.Element(element) is not { } comment)
            return "";
        var text = new StringBuilder();
        Append(text, comment, style);
        return string.Join("\n\n", text.ToString().Split('\f').Select(OneLine).Where(part => part.Length > 0));
    }

    private static void Append(StringBuilder text, XElement element, DocStyle style)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
                text.Append(words.Value);
            else if (node is XElement { Name.LocalName: "para" } paragraph)
            {
                text.Append('\f');
                Append(text, paragraph, style);
                text.Append('\f');
            }
            else if (node is XElement word)
                text.Append(style == DocStyle.Markdown ? $"`{Word(word)}`" : Word(word));
        }
    }

    private static string Word(XElement word) =>
        word.Name.LocalName switch
        {
            "see" => (word.Attribute("cref") ?? word.Attribute("langword"))?.Value.Split('.')[^1] ?? "",
            // A parameter of a record is an input or output: it is named as on the wire.
            "paramref" => JsonNamingPolicy.CamelCase.ConvertName(word.Attribute("name")!.Value),
            _ => word.Value,
        };

    private static string OneLine(string text) => Whitespace().Replace(text, " ").Trim();

    private static string Id(MemberInfo member) =>
        member switch
        {
            Type type => $"T:{Name(type)}",
            FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
            _ => $"P:{Name(member.DeclaringType!)}.{member.Name}",
        };

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whitespace();
}
