using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>
/// What is wrong with inputs that cannot be read, in the words of the caller: the serializer speaks of .NET types, and in
/// words that another version may change. It looks only after reading has failed.
/// </summary>
internal static class InputProblem
{
    public const string Moment = "a date and time such as 2026-12-01T10:00:00Z";
    public const string Date = "a date such as 2026-12-01";
    public const string Uuid = "a UUID such as 0193f1d0-7c1e-7a54-9c0b-0f6f2f0c7a11";
    public const string File = "a file reference";

    /// <summary>The first thing that is wrong, in the order of the inputs; null when every value alone fits.</summary>
    public static string? Find(JsonElement value, InputShape shape, string path) =>
        shape.Json.Kind switch
        {
            JsonTypeInfoKind.Object => value.ValueKind == JsonValueKind.Object
                ? FindInRecord(value, shape, path)
                : Misfit(path, "an object"),
            JsonTypeInfoKind.Dictionary => value.ValueKind == JsonValueKind.Object
                ? value
                    .EnumerateObject()
                    .Select(entry => FindInEntry(entry.Value, shape, InputPlace.Of(path, entry.Name)))
                    .FirstOrDefault(problem => problem is not null)
                : Misfit(path, "an object"),
            JsonTypeInfoKind.Enumerable => value.ValueKind == JsonValueKind.Array
                ? value
                    .EnumerateArray()
                    .Select((entry, index) => FindInEntry(entry, shape, $"{path}[{index}]"))
                    .FirstOrDefault(problem => problem is not null)
                : FindInOneText(value, shape, path),
            _ => FindInValue(value, shape, path),
        };

    /// <summary>A null where there must be a value.</summary>
    public static DataErrorException Null(JsonElement value, InputShape shape, string path) =>
        Invalid(
            Sentence(value, shape) is { Length: > 0 } sentence
                ? $"{path} does not fit: {sentence}"
                : $"{path} is null: {Expected(shape.Json)} is expected."
        );

    public static DataErrorException Invalid(string message, Exception? cause = null) =>
        new(ErrorCodes.InvalidInput, message, cause) { Status = -1 };

    private static string? FindInRecord(JsonElement value, InputShape shape, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            var place = InputPlace.Of(path, member.Name);
            if (!shape.Fields.TryGetValue(member.Name, out var field))
                return $"{place} is not known. Known are: {string.Join(", ", shape.Fields.Keys)}.";
            if (member.Value.ValueKind == JsonValueKind.Null && (field.MayBeNull || !field.IsRequired))
                continue;
            if (Find(member.Value, field.Shape, place) is { } problem)
                return problem;
        }

        var missing = shape
            .Fields.Where(field => field.Value.IsRequired && !value.TryGetProperty(field.Key, out _))
            .Select(field => field.Key)
            .ToList();
        return missing.Count == 0 ? null : $"{path} lacks what is required: {string.Join(", ", missing)}.";
    }

    private static string? FindInEntry(JsonElement entry, InputShape shape, string path) =>
        entry.ValueKind == JsonValueKind.Null && shape.EntryMayBeNull ? null : Find(entry, shape.Entry!, path);

    private static string? FindInOneText(JsonElement value, InputShape shape, string path) =>
        value.ValueKind == JsonValueKind.String && TextLists.Covers(shape.Json.Type) ? null : Misfit(path, "a list");

    private static string? FindInValue(JsonElement value, InputShape shape, string path) =>
        Sentence(value, shape) switch
        {
            null => null,
            "" => Misfit(path, Expected(shape.Json)),
            var sentence => $"{path} does not fit: {sentence}",
        };

    /// <summary>What the type's converter says of the value: null for nothing, empty when it leaves the words to others.</summary>
    private static string? Sentence(JsonElement value, InputShape shape)
    {
        try
        {
            value.Deserialize(shape.Json.Type, InputJson.Options);
            return null;
        }
        catch (JsonMisfitException e)
        {
            return e.Message;
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Misfit(string path, string expected) => $"{path} does not fit: {expected} is expected.";

    private static string Expected(JsonTypeInfo json) =>
        (Nullable.GetUnderlyingType(json.Type) ?? json.Type) switch
        {
            { IsEnum: true } choices => $"one of {string.Join(", ", InputChoices.Names(choices))}",
            var type when type == typeof(string) => "a text",
            var type when type == typeof(bool) => "true or false",
            var type when type == typeof(decimal) || type == typeof(double) || type == typeof(float) => "a number",
            var type when type == typeof(DateTimeOffset) || type == typeof(DateTime) => Moment,
            var type when type == typeof(DateOnly) => Date,
            var type when type == typeof(Guid) => Uuid,
            var type when type == typeof(FileReference) => File,
            { IsPrimitive: true } => "a whole number in range",
            var type => json.Kind switch
            {
                JsonTypeInfoKind.Enumerable => "a list",
                JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
                _ => Written(type) ?? "another kind of value",
            },
        };

    private static string? Written(Type type) =>
        type.GetCustomAttributes(typeof(WrittenAsAttribute), inherit: false) is [WrittenAsAttribute form]
            ? form.Words
            : null;
}
