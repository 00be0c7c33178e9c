using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Reads elements that stand where the schema permits any, or none: by the schema where it knows them nevertheless, otherwise by
/// their shape.
/// </summary>
internal sealed class UndeclaredReader(SchemaCatalog catalog, AnswerReading reading, CancellationToken cancellation)
{
    /// <summary>Reads the element that a reader is on; afterwards it is on what follows.</summary>
    /// <param name="reader">On the element.</param>
    /// <param name="maxLevels">How many levels of objects and lists it may have; what has more stays XML.</param>
    /// <param name="known">What the schema says of it; null for nothing.</param>
    public async Task<JsonNode?> ReadAsync(XmlReader reader, int maxLevels, ElementShape? known)
    {
        // Those of the envelope, too: servers declare there what only an xsi:type names.
        var around = known is null ? null : NamesInScope.Of(reader);
        var xml = await new XmlCopy(reader, reading.MaxDepth).ElementAsync();
        var content = known is null ? await ByShapeAsync(xml) : await BySchemaAsync(xml, around!, known);
        return HasAtMost(maxLevels, content) ? content : xml;
    }

    // What the server sent is kept, even where it is something else than the schema says.
    private async Task<JsonNode?> BySchemaAsync(string xml, XmlNamespaceManager around, ElementShape element)
    {
        try
        {
            using var entry = XmlText.Open(xml, around);
            await entry.MoveToContentAsync();
            return await new ElementReader(catalog, entry, reading, cancellation).ElementAsync(element);
        }
        catch (MalformedAnswerException)
        {
            return await ByShapeAsync(xml);
        }
    }

    private async Task<JsonNode?> ByShapeAsync(string xml)
    {
        using var entry = XmlText.Open(xml);
        await entry.MoveToContentAsync();
        return await new PlainReader(entry, reading.MaxDepth).ReadAsync();
    }

    private static bool HasAtMost(int levels, JsonNode? node) =>
        node switch
        {
            JsonObject members => levels > 0 && members.All(member => HasAtMost(levels - 1, member.Value)),
            JsonArray items => levels > 0 && items.All(item => HasAtMost(levels - 1, item)),
            _ => true,
        };
}
