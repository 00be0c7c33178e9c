using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>How inputs and outputs of operations are written as JSON.</summary>
public static class OperationJson
{
    /// <summary>
    /// Camel case; enumerations as camel case strings; what is not optional must be there, what is not nullable must not
    /// be null, what is not known is refused (a misspelt input would otherwise do nothing, silently); numbers may come
    /// as strings, as task headers have nothing else.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
