using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>The wire form of <see cref="FileReference"/>: an object with the one property <c>$file</c>.</summary>
internal sealed class FileReferenceConverter : JsonConverter<FileReference>
{
    public const string Property = "$file";

    private const int DigitsOfSha256 = 64;

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdefABCDEF");

    public override FileReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var wrapper = JsonElement.ParseValue(ref reader);
        if (
            wrapper.ValueKind != JsonValueKind.Object
            || !wrapper.TryGetProperty(Property, out var file)
            || file.ValueKind != JsonValueKind.Object
        )
        {
            throw new JsonMisfitException("a file reference is expected: {\"$file\": {\"store\": …, \"key\": …, …}}.");
        }

        return new FileReference(Required(file, "store"), Required(file, "key"), Size(file), Sha256(file))
        {
            Bucket = Text(file, "bucket"),
            ContentType = Text(file, "contentType"),
            Name = Text(file, "name"),
        };
    }

    public override void Write(Utf8JsonWriter writer, FileReference value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(Property);
        writer.WriteString("store", value.Store);
        Optional(writer, "bucket", value.Bucket);
        writer.WriteString("key", value.Key);
        writer.WriteNumber("size", value.Size);
        writer.WriteString("sha256", value.Sha256);
        Optional(writer, "contentType", value.ContentType);
        Optional(writer, "name", value.Name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static string Required(JsonElement file, string name) =>
        Text(file, name) is { Length: > 0 } text ? text : throw new JsonMisfitException($"its $file lacks {name}.");

    private static string? Text(JsonElement file, string name) =>
        !file.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new JsonMisfitException($"$file.{name} is a text.");

    private static long Size(JsonElement file) =>
        file.TryGetProperty("size", out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var size)
        && size == decimal.Truncate(size)
        && size is >= 0 and <= long.MaxValue
            ? (long)size
            : throw new JsonMisfitException("$file.size is the number of bytes, 0 or more.");

    private static string Sha256(JsonElement file) =>
        Text(file, "sha256") is { Length: DigitsOfSha256 } text && !text.AsSpan().ContainsAnyExcept(_digits)
            ? text.ToLowerInvariant()
            : throw new JsonMisfitException("$file.sha256 is the hash of the content, 64 hexadecimal digits.");
}
