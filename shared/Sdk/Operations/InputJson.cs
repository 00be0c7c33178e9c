using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// How inputs are read: as <see cref="OperationJson"/> says, and exactly as the schema in the operation's contract does. One text
/// stands for a list of it; whole numbers may be written <c>1.0</c>; a date and time has an offset; choices are written as announced.
/// </summary>
internal static class InputJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(OperationJson.Options)
        {
            Converters = { new TextLists(), new InputNumbers(), new Moments() },
        };
        // Before the one that takes names in any case.
        options.Converters.Insert(0, new InputChoices());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
