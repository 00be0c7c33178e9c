using System.Text.Json;

namespace Integration.Sql.Values;

/// <summary>A JSON document of a database inside a row, with its numbers as they are.</summary>
internal static class JsonText
{
    /// <summary>Deeper documents come as texts, so that a row can always be read.</summary>
    private const int Deepest = 48;

    public static void Write(Utf8JsonWriter json, string text)
    {
        if (IsReadable(text))
            json.WriteRawValue(text);
        else
            json.WriteStringValue(text);
    }

    private static bool IsReadable(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
