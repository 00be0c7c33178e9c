using System.Runtime.InteropServices;
using System.Text.Json;

namespace Integration.Rest.Request;

/// <summary>
/// Texts that JSON can write and no reader accepts: with half of a character in them, such as <c>\ud83d</c>. They are found
/// only when they are read, and that may be too late.
/// </summary>
internal static class BrokenTexts
{
    /// <summary>Where the first one stands, e.g. <c>.lines[3].name</c>; null when there is none.</summary>
    public static string? Find(JsonElement root) =>
        JsonMarshal.GetRawUtf8Value(root).IndexOf("\\u"u8) < 0 ? null : Find(root, "");

    private static string? Find(JsonElement value, string path) =>
        value.ValueKind switch
        {
            JsonValueKind.String => IsBroken(() => value.GetString()) ? path : null,
            JsonValueKind.Array => value
                .EnumerateArray()
                .Select((item, index) => Find(item, $"{path}[{index}]"))
                .FirstOrDefault(found => found is not null),
            JsonValueKind.Object => value
                .EnumerateObject()
                .Select(property =>
                    IsBroken(() => property.Name) ? path : Find(property.Value, $"{path}.{property.Name}")
                )
                .FirstOrDefault(found => found is not null),
            _ => null,
        };

    private static bool IsBroken(Func<string?> read)
    {
        try
        {
            read();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
