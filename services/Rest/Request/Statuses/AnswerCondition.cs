using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Rest.Request;

/// <summary>What a JSON answer must say. With neither <c>equals</c> nor <c>exists</c> the place must exist.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the answer's body, e.g. <c>/error/code</c>.</param>
/// <param name="EqualTo">On the wire <c>equals</c>: the value there, of any JSON type.</param>
/// <param name="Exists">Whether the place exists.</param>
public sealed record AnswerCondition(
    string Pointer,
    [property: JsonPropertyName("equals"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        JsonElement EqualTo = default,
    bool? Exists = null
);
