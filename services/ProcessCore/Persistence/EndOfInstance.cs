using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// The last word on an instance, as a message that the bus and its readers take: outputs that do not fit are left out, with the
/// reason and the way to them.
/// </summary>
internal static class EndOfInstance
{
    // The levels that readers take, less those of the event itself.
    private const int Deepest = 60;

    public static OutgoingMessage Message(EventMessages messages, InstanceCompleted e)
    {
        if (IsTooDeep(e.Outputs))
            return messages.Of(Without(e, $"They are nested more than {Deepest} levels deep."));
        var message = messages.Of(e);
        return message.Body.Length <= Limits.Body
            ? message
            : messages.Of(
                Without(
                    e,
                    $"The event would have {message.Body.Length} bytes; at most {Limits.Body} travel on the bus."
                )
            );
    }

    private static InstanceCompleted Without(InstanceCompleted e, string reason) =>
        e with
        {
            Outputs = Json.EmptyObject,
            Omitted = $"{reason} GET /instances/{e.InstanceId} of the engine {e.Engine} has them.",
        };

    private static bool IsTooDeep(JsonElement outputs)
    {
        var reader = new Utf8JsonReader(
            System.Text.Encoding.UTF8.GetBytes(outputs.GetRawText()),
            new JsonReaderOptions { MaxDepth = 256 }
        );
        while (reader.Read())
        {
            if (reader.CurrentDepth >= Deepest)
                return true;
        }

        return false;
    }
}
