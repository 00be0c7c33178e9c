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

    // Characters of a message that does not fit; escaped, each of them may take twelve bytes.
    private const int Kept = 1000;

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

    /// <summary>The same of an end that is none to be glad of: what does not fit is cut, as readers would refuse all of it.</summary>
    public static OutgoingMessage Message(EventMessages messages, InstanceFailed e)
    {
        var message = messages.Of(e);
        return message.Body.Length <= Limits.Body ? message : messages.Of(Cut(e, message.Body.Length));
    }

    private static InstanceFailed Cut(InstanceFailed e, int size) =>
        e with
        {
            Definition = Names.Cut(e.Definition),
            Error = e.Error with
            {
                Code = Names.Cut(e.Error.Code),
                Message =
                    $"{Names.Cut(e.Error.Message, Kept)}… (This is cut: the event would have {size} bytes; at most {Limits.Body} travel "
                    + "on the bus."
                    + (
                        e.InstanceId is null
                            ? ")"
                            : $" GET /instances/{e.InstanceId}/history of the engine {e.Engine} has all of it.)"
                    ),
                Details = null,
            },
        };

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
