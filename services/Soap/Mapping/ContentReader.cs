using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>Reads the elements inside one element of an answer.</summary>
internal sealed class ContentReader(ElementReader elements, XmlReader reader, AnswerPath path, ComplexShape type)
{
    private readonly List<PropertyShape>? _order = type.RepeatsGroups ? [] : null;
    private HashSet<string>? _repeated;
    private string _around = "";

    /// <param name="target">What it becomes, with its attributes.</param>
    public async Task<JsonObject> ReadAsync(JsonObject target)
    {
        _around = reader.NamespaceURI;
        var isEmpty = reader.IsEmptyElement;
        await reader.ReadAsync();
        if (!isEmpty)
        {
            await ElementsAsync(target);
            if (reader.NodeType != XmlNodeType.EndElement)
                path.Refuse("ends too early");
            await reader.ReadAsync();
        }

        return Ended(target);
    }

    /// <summary>The same for a reader that has only what is inside of the element, and is at the start.</summary>
    /// <param name="target">What it becomes, with its attributes.</param>
    /// <param name="around">The namespace of the element.</param>
    public async Task<JsonObject> ReadFragmentAsync(JsonObject target, string around)
    {
        _around = around;
        await reader.ReadAsync();
        if (!reader.EOF)
            await ElementsAsync(target);
        return Ended(target);
    }

    private async Task ElementsAsync(JsonObject target)
    {
        while (reader.NodeType != XmlNodeType.EndElement && !reader.EOF)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    await AddAsync(target);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when !string.IsNullOrWhiteSpace(reader.Value):
                    path.Refuse("has text where elements are expected");
                    break;
                default:
                    await reader.ReadAsync();
                    break;
            }
        }
    }

    private JsonObject Ended(JsonObject target)
    {
        AddEmptyLists(target);
        AddOrder(target);
        return target;
    }

    private async Task AddAsync(JsonObject target)
    {
        var name = new XmlQualifiedName(reader.LocalName, reader.NamespaceURI);
        if ((type.Property(name) ?? Careless(name, target)) is not { } property)
        {
            AddAny(target, name.Name, await elements.UndeclaredAsync(reader));
            return;
        }

        if (property.IsInRepeatedGroup)
            _order?.Add(property);
        if (property.IsList)
        {
            List(target, property.Name).Add(await elements.ElementAsync(property.Element, isInList: true));
        }
        else if (target.ContainsKey(property.Name))
        {
            path.Refuse($"has several elements <{name.Name}>; the schema permits one");
        }
        else
        {
            target[property.Name] = await elements.ElementAsync(property.Element);
        }
    }

    // By local name, those of one name as a list.
    private void AddAny(JsonObject target, string name, JsonNode? value)
    {
        if (target[JsonNames.Any] is not JsonObject any)
            target[JsonNames.Any] = any = [];
        JsonMembers.Add(any, name, value, ref _repeated);
    }

    // Servers that forget a namespace, or qualify what is unqualified. Where a wildcard could take it, it is the wildcard's. What
    // comes from elsewhere, or second, is another element that only has the same local name.
    private PropertyShape? Careless(XmlQualifiedName name, JsonObject target) =>
        !type.HasWildcard
        && type.PropertyByLocalName(name.Name) is { } property
        && (property.IsList || !target.ContainsKey(property.Name))
        && IsAtHome(name.Namespace)
            ? property
            : null;

    private bool IsAtHome(string ns) =>
        ns.Length == 0
        || ns == _around
        || ns == type.Name.Namespace
        || type.Properties.Any(property => property.Element.Name.Namespace == ns);

    private static JsonArray List(JsonObject target, string name)
    {
        if (target[name] is JsonArray list)
            return list;
        list = [];
        target[name] = list;
        return list;
    }

    // A process that goes through a list need not ask whether there is one.
    private void AddEmptyLists(JsonObject target)
    {
        foreach (var property in type.Properties)
        {
            if (property is { IsList: true, IsInChoice: false } && !target.ContainsKey(property.Name))
                target[property.Name] = new JsonArray();
        }
    }

    // Only where the lists alone would be written in another order.
    private void AddOrder(JsonObject target)
    {
        if (_order is not { Count: > 1 })
            return;
        var counts = new int[type.Properties.Count];
        foreach (var property in _order)
            counts[property.Index]++;
        var usual = ContentPlacement
            .Of(type, counts, [])
            .Order.Where(property => property is { IsInRepeatedGroup: true });
        if (!usual.SequenceEqual(_order))
            target[JsonNames.Order] = new JsonArray([.. _order.Select(property => (JsonNode)property.Name)]);
    }
}
