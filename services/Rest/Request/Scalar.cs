using System.Text.Json;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>A text, a number or a boolean as it stands in an address or a header.</summary>
internal static class Scalar
{
    public static string Text(JsonElement value, string field) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Null => throw InvalidInput.At(field, "is null; a text, a number or a boolean is expected."),
            _ => throw InvalidInput.At(field, "must be a text, a number or a boolean."),
        };
}
