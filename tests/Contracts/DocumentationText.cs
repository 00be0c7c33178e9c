using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Integration.Contracts.Tests;

/// <summary>The doc comments of an assembly as plain sentences.</summary>
internal sealed partial class DocumentationText(XDocument file)
{
    private readonly Dictionary<string, string> _summaries = file.Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));

    public static DocumentationText Of(Assembly assembly) =>
        new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    /// <exception cref="InvalidOperationException">There is none: a schema without a description helps nobody.</exception>
    public string Of(Type type) => Find($"T:{type.FullName}");

    /// <inheritdoc cref="Of(Type)"/>
    public string Of(PropertyInfo property) => Find($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string Find(string member) =>
        _summaries.GetValueOrDefault(member) ?? throw new InvalidOperationException($"{member} has no doc comment.");

    private static string Plain(XElement summary) =>
        Spaces().Replace(string.Concat(summary.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!
                .Value.Split(':')[1]
                .Replace("Integration.Contracts.", "", StringComparison.Ordinal),
            XElement element => element.Value,
            _ => "",
        };

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
