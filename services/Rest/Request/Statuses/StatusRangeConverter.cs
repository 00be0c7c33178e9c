using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts;

namespace Integration.Rest.Request;

/// <summary>Takes a number or a text; writes a number where one status is meant.</summary>
internal sealed class StatusRangeConverter : JsonConverter<StatusRange>
{
    // In a list a null would go past the converter, and be met when the answer is there.
    public override bool HandleNull => true;

    public override StatusRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => number.ToString(
                "0.############################",
                CultureInfo.InvariantCulture
            ),
            JsonTokenType.String => reader.GetString()!,
            _ => "",
        };
        return StatusRange.TryParse(text, out var range)
            ? range
            : throw new JsonMisfitException("A status is written as 404, \"404\", \"4xx\" or \"400-404\".");
    }

    public override void Write(Utf8JsonWriter writer, StatusRange? value, JsonSerializerOptions options)
    {
        // A default of the record, as its contract states it.
        if (value is null)
            writer.WriteNullValue();
        else if (value.First == value.Last)
            writer.WriteNumberValue(value.First);
        else
            writer.WriteStringValue(value.ToString());
    }
}
