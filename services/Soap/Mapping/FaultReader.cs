using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Reads a fault of either version. Servers are careless with faults: children are known by their local names, in any order, and
/// what is missing is empty.
/// </summary>
internal sealed class FaultReader(
    SchemaCatalog catalog,
    XmlReader reader,
    AnswerReading reading,
    IReadOnlyDictionary<XmlQualifiedName, IReadOnlyList<string>> declared,
    CancellationToken cancellation
)
{
    private const int MaxSubcodes = 10;

    // An error event holds a detail some levels deeper than an answer; what is nested deeper stays XML.
    private const int MaxLevels = AnswerPath.MaxLevels - 6;

    private readonly List<XmlQualifiedName> _codes = [];
    private readonly List<SoapFaultDetail> _details = [];
    private int _subcodes;
    private string? _reason;
    private bool _reasonIsEnglish;
    private string? _actor;
    private string? _node;

    public Task<SoapFault> ReadAsync() => ElementReader.GuardAsync(FaultAsync);

    private async Task<SoapFault> FaultAsync()
    {
        var version = SoapNames.VersionOf(reader.NamespaceURI);
        await ChildrenAsync(ChildAsync);
        return new SoapFault
        {
            Version = version,
            Code = _codes.Count > 0 ? _codes[0] : XmlQualifiedName.Empty,
            Subcodes = [.. _codes.Skip(1)],
            Reason = _reason ?? "",
            Actor = _actor,
            Node = _node,
            Details = _details,
        };
    }

    private async Task ChildAsync()
    {
        switch (reader.LocalName)
        {
            case "faultcode":
                await NameAsync();
                break;
            case "faultstring":
                _reason = (await PlainTextAsync()).Trim();
                break;
            case "faultactor" or "Role":
                _actor = (await PlainTextAsync()).Trim();
                break;
            case "Node":
                _node = (await PlainTextAsync()).Trim();
                break;
            case "Code":
                await ChildrenAsync(CodeAsync);
                break;
            case "Reason":
                await ChildrenAsync(ReasonAsync);
                break;
            case "detail" or "Detail":
                await DetailAsync();
                break;
            default:
                await reader.SkipAsync();
                break;
        }
    }

    private async Task CodeAsync()
    {
        if (reader.LocalName == "Value")
            await NameAsync();
        else if (reader.LocalName == "Subcode" && _subcodes++ < MaxSubcodes)
            await ChildrenAsync(CodeAsync);
        else
            await reader.SkipAsync();
    }

    private async Task ReasonAsync()
    {
        var isEnglish = reader.XmlLang.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var text = (await PlainTextAsync()).Trim();
        if (_reason is null || (isEnglish && !_reasonIsEnglish))
            (_reason, _reasonIsEnglish) = (text, isEnglish);
    }

    private async Task DetailAsync()
    {
        var name = new XmlQualifiedName(reader.LocalName, reader.NamespaceURI);
        var text = new StringBuilder();
        await ChildrenAsync(EntryAsync, found => text.Append(found));
        if (_details.Count == 0 && text.ToString().Trim() is { Length: > 0 } words)
            _details.Add(new SoapFaultDetail(name, [], words));
    }

    private async Task EntryAsync()
    {
        var name = new XmlQualifiedName(reader.LocalName, reader.NamespaceURI);
        var known = catalog.Element(name);
        var content = await new UndeclaredReader(catalog, reading, cancellation).ReadAsync(reader, MaxLevels, known);
        _details.Add(
            new SoapFaultDetail(name, IsHollow(known, content) ? [] : declared.GetValueOrDefault(name) ?? [], content)
        );
    }

    // PHP puts an empty element of the only declared fault into every fault.
    private static bool IsHollow(ElementShape? element, JsonNode? content) =>
        content is null or JsonObject { Count: 0 }
        && element?.Type is ComplexShape { Content: not null } type
        && ElementReader.Needs(type);

    private async Task NameAsync()
    {
        var resolver = (IXmlNamespaceResolver)reader;
        var scope = resolver.GetNamespacesInScope(XmlNamespaceScope.All);
        var text = (await PlainTextAsync()).Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon < 0 ? "" : text[..colon];
        // Without a namespace for the prefix the text is all that is known.
        _codes.Add(
            scope.TryGetValue(prefix, out var ns)
                ? new XmlQualifiedName(text[(colon + 1)..], ns)
                : new XmlQualifiedName(text)
        );
    }

    private async Task<string> PlainTextAsync() =>
        await new PlainReader(reader, reading.MaxDepth).ReadAsync() switch
        {
            JsonValue value => value.ToString(),
            JsonObject found => found[JsonNames.Text]?.ToString() ?? "",
            _ => "",
        };

    /// <summary>Goes through the elements inside the current one; each is read to what follows it.</summary>
    private async Task ChildrenAsync(Func<Task> child, Action<string>? text = null)
    {
        var isEmpty = reader.IsEmptyElement;
        await reader.ReadAsync();
        while (!isEmpty && reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.None))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                await child();
                continue;
            }

            text?.Invoke(reader.Value);
            await reader.ReadAsync();
        }

        if (!isEmpty)
            await reader.ReadAsync();
    }
}
