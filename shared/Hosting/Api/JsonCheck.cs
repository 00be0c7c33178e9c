using System.Text.Json;
using System.Text.Unicode;

namespace Integration.Hosting;

/// <summary>
/// Looks at a JSON body before anything reads it, in one pass: what readers, databases and the bus understand differently is
/// refused with the name of the field.
/// </summary>
internal sealed class JsonCheck
{
    /// <summary>Deepest nesting of objects and lists.</summary>
    public const int MaxDepth = 64;

    private readonly Stack<(HashSet<string>? Names, string Name)> _open = new();
    private string _name = "";

    private JsonCheck() { }

    /// <summary>What is wrong and where; null when nothing is.</summary>
    public static (string Field, string Detail)? Wrong(ReadOnlySpan<byte> json) =>
        Utf8.IsValid(json) ? new JsonCheck().Find(json) : ("body", "It is no UTF-8. Send JSON in UTF-8 (RFC 8259).");

    private (string, string)? Find(ReadOnlySpan<byte> json)
    {
        // Deeper than allowed by one, so that it is this check that says where.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (Find(ref reader) is { } wrong)
                    return wrong;
            }

            return null;
        }
        catch (JsonException e)
        {
            return (Field, $"This is not JSON: {e.Message}");
        }
    }

    private (string, string)? Find(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _open.Count == MaxDepth:
                return (Field, $"It is nested more than {MaxDepth} levels deep. Send flatter data.");
            case JsonTokenType.StartObject:
                _open.Push((new HashSet<string>(StringComparer.Ordinal), _name));
                _name = "";
                break;
            case JsonTokenType.StartArray:
                _open.Push((null, _name));
                _name = "";
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                _name = "";
                break;
            case JsonTokenType.PropertyName:
                if (!IsText(ref reader))
                    return (Field, "A name in it has half of a surrogate pair (\\ud800 to \\udfff).");
                _name = reader.GetString()!;
                if (!_open.Peek().Names!.Add(_name))
                    return (Field, "It is there twice. Send it once.");
                break;
            case JsonTokenType.String when !IsText(ref reader):
                return (Field, "Its text has half of a surrogate pair (\\ud800 to \\udfff). Send whole characters.");
        }

        return null;
    }

    // Put together only when it is needed: the names may be long, and there may be many of them.
    private string Place =>
        string.Join('.', _open.Reverse().Select(level => level.Name).Append(_name).Where(name => name.Length > 0));

    private string Field => Place is { Length: > 0 } place ? Shortened(place) : "body";

    // A name may be as long as the body.
    private static string Shortened(string place) =>
        place.Length <= 200 ? place : place[..(char.IsHighSurrogate(place[199]) ? 199 : 200)] + "…";

    // The bytes are UTF-8; only an escape can stand for half a character.
    private static bool IsText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return true;
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
