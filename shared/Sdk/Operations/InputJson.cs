using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>How inputs are read: as <see cref="OperationJson"/> says, and one text where a list of texts is asked for.</summary>
internal static class InputJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(OperationJson.Options) { Converters = { new TextLists() } };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
