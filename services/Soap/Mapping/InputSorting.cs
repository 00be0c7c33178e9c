using System.Text.Json;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>Sorts what an object gives by property, then has it put into the order of the schema.</summary>
internal sealed class InputSorting(ComplexShape type, Given given, SchemaCatalog catalog, InputProblems problems)
{
    private bool _unknown;
    private IReadOnlyList<string>? _namespaces;

    /// <returns>Whether it is content.</returns>
    public bool Add(string name, JsonElement value, JsonPath path)
    {
        if (name == JsonNames.Any && type.HasWildcard)
            return AddAny(value, path);
        if (name == JsonNames.Order && type.RepeatsGroups)
            return AddOrder(value, path);
        if (type.Property(name) is not { } property)
        {
            _unknown = true;
            var known = type.Properties.Select(candidate => candidate.Name).ToList();
            problems.Add(path, Unknown.Property(name, known, type.HasWildcard ? JsonNames.Any : null));
            return false;
        }

        if (property.IsList && value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                given.Add(property, item, path.Place(given.Count(property)));
        }
        // Null where nothing need be: a variable that nothing was put into.
        else if (value.ValueKind != JsonValueKind.Null || (property.Element.IsNillable && !property.IsList))
        {
            given.Add(property, value, path);
        }

        return given.Count(property) > 0;
    }

    /// <summary>Maps the elements into a node.</summary>
    public void Place(ElementNode node, InputMapper mapper)
    {
        var counts = new int[type.Properties.Count];
        foreach (var property in type.Properties)
            counts[property.Index] = given.Count(property);
        var placement = ContentPlacement.Of(
            type,
            counts,
            given.Any.Count == 0 ? [] : given.Any.Select(any => any.Namespace)
        );
        Tell(placement, node.Path);
        var order = given.Order is null ? placement.Order : Stated(placement.Order, node.Path);
        var next = new int[type.Properties.Count];
        var nextAny = 0;
        foreach (var property in order)
        {
            if (property is null)
            {
                var any = given.Any[nextAny++];
                if (any.Xml is not null)
                    node.Children.Add(new XmlNode(any.Xml, any.Path));
                else if (mapper.Element(any.Element!, any.Value, any.Path) is { } known)
                    node.Children.Add(known);
            }
            else
            {
                var (value, path) = given.Values[property.Index]![next[property.Index]++];
                if (mapper.Element(property.Element, value, path) is { } child)
                    node.Children.Add(child);
            }
        }
    }

    private void Tell(ContentPlacement placement, JsonPath path)
    {
        foreach (var missing in placement.Missing)
        {
            // A misspelt name is reported already, and is most likely what is missing.
            if (_unknown)
                break;
            if (missing.Count == 1)
                problems.Add(path.Property(missing[0].Name), $"is missing; it takes {Expected(missing[0])}.");
            else
                problems.Add(path, $"lacks one of {Names(missing)}.");
        }

        foreach (var surplus in placement.Surplus)
        {
            var count = given.Count(surplus);
            var place = path.Property(surplus.Name);
            if (count > surplus.Max)
                problems.Add(place, $"has {count} values; the schema permits {surplus.Max}.");
            else if (Others(surplus) is { Length: > 0 } others)
                problems.Add(place, $"cannot be given beside {others}: the schema has a choice here. Remove one.");
            else
                problems.Add(place, "has more values than the schema has places for beside the other elements.");
        }

        if (placement.SurplusAny)
            problems.Add(
                path.Property(JsonNames.Any),
                "has more elements than the schema permits, or of another namespace."
            );
    }

    private static string Expected(PropertyShape property) =>
        property.IsList ? $"a list, each {property.Element.Type.Expected}" : property.Element.Type.Expected;

    private static string Names(IEnumerable<PropertyShape> properties) =>
        string.Join(", ", properties.Select(property => property.Name));

    private string Others(PropertyShape surplus) =>
        Names(
            type.Properties.Where(property => property != surplus && property.IsInChoice && given.Count(property) > 0)
        );

    // By name and content, or as XML; a list of either.
    private bool AddAny(JsonElement value, JsonPath path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return false;
        JsonElement[] values = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        for (var i = 0; i < values.Length; i++)
        {
            var place = value.ValueKind == JsonValueKind.Array ? path.Place(i) : path;
            if (values[i].ValueKind == JsonValueKind.Object)
                AddByName(values[i], place);
            else if (values[i].ValueKind != JsonValueKind.String)
                problems.Add(
                    place,
                    $"is {ValueText.Kind(values[i])}; it takes an object with the elements by name, or an XML element as text."
                );
            else if (XmlText.Problem(values[i].GetString()!, oneElement: true, place) is { } problem)
                problems.Add(place, problem);
            else
                AddXml(values[i].GetString()!, place);
        }

        return given.Any.Count > 0;
    }

    private void AddXml(string xml, JsonPath path) =>
        given.Any.Add(new GivenAny(XmlText.NamespaceOf(xml), xml, null, default, path));

    private void AddByName(JsonElement members, JsonPath path)
    {
        _namespaces ??= Wildcards.Namespaces(type);
        foreach (var member in members.EnumerateObject())
        {
            var place = path.Property(member.Name);
            if (Wildcards.NameOf(member.Name, _namespaces, catalog) is not { } name)
            {
                problems.Add(
                    place,
                    "needs its namespace, {namespace}name: the schema wants elements of another one than its own here."
                );
                continue;
            }

            var known = catalog.Element(name);
            JsonElement[] values =
                member.Value.ValueKind == JsonValueKind.Array && known?.Type is not SimpleShape { Item: not null }
                    ? [.. member.Value.EnumerateArray()]
                    : [member.Value];
            for (var i = 0; i < values.Length; i++)
            {
                var item = member.Value.ValueKind == JsonValueKind.Array ? place.Place(i) : place;
                if (known is not null)
                    given.Any.Add(new GivenAny(name.Namespace, null, known, values[i], item));
                else if (PlainXml.Of(name, values[i], item, problems) is { } xml)
                    given.Any.Add(new GivenAny(name.Namespace, xml, null, default, item));
            }
        }
    }

    private bool AddOrder(JsonElement value, JsonPath path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return false;
        var names =
            value.ValueKind == JsonValueKind.Array
                ? value
                    .EnumerateArray()
                    .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null)
                : [null];
        given.Order = [];
        foreach (var name in names)
        {
            if (name is not null && type.Property(name) is { IsInRepeatedGroup: true } property)
                given.Order.Add(property);
            else
                problems.Add(
                    path,
                    "takes the names of the elements that repeat together, in their order, one for each."
                );
        }

        return false;
    }

    // The elements that repeat together in the stated order, the others where they belong. Whether the schema permits that
    // order is checked with the whole message.
    private IReadOnlyList<PropertyShape?> Stated(IReadOnlyList<PropertyShape?> placed, JsonPath path)
    {
        var repeated = placed.Where(property => property is { IsInRepeatedGroup: true }).OfType<PropertyShape>();
        if (repeated.CountBy(property => property.Index).ToHashSet().SetEquals(given.Order!.CountBy(p => p.Index)))
        {
            var next = 0;
            return
            [
                .. placed.Select(property => property is { IsInRepeatedGroup: true } ? given.Order![next++] : property),
            ];
        }

        if (!problems.Any)
            problems.Add(
                path.Property(JsonNames.Order),
                "does not name each element that repeats once for each value."
            );
        return placed;
    }
}
