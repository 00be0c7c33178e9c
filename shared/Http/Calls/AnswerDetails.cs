using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Http;

/// <summary>What of an answer an operator gets to see: its media type and the start of its body. No headers.</summary>
internal sealed record AnswerDetails(string? ContentType, string Body)
{
    private const int Bytes = 2 * 1024;

    public static JsonElement Of(HttpAnswer answer) =>
        JsonSerializer.SerializeToElement(
            new AnswerDetails(answer.MediaType, answer.Excerpt(Bytes)),
            AnswerDetailsJson.Default.AnswerDetails
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AnswerDetails))]
internal sealed partial class AnswerDetailsJson : JsonSerializerContext;
