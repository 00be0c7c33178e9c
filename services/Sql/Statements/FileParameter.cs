using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sql.Statements;

/// <summary>A value of a task that stands in a file: <c>{"$file": …}</c> for a parameter of bytes or text.</summary>
internal static class FileParameter
{
    /// <summary>Null when the value is the task's own. A reference for a parameter of JSON is JSON like any other.</summary>
    public static FileReference? Of(ParameterType type, JsonElement? value, string field)
    {
        if (
            type.IsArray
            || type.Kind is not (ParameterKind.Binary or ParameterKind.Text)
            || value is not { ValueKind: JsonValueKind.Object } json
        )
            return null;
        try
        {
            return json.Deserialize<FileReference>(OperationJson.Options);
        }
        catch (JsonException e)
        {
            throw InvalidInput.At(field, $"must be {Plain(type)} or a file reference: {e.Message}");
        }
    }

    private static string Plain(ParameterType type) => type.Kind == ParameterKind.Binary ? "bytes as base64" : "a text";
}
