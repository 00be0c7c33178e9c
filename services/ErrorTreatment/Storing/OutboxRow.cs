using System.Text.Json;
using Integration.Bus;
using Integration.Storage;

namespace Integration.ErrorTreatment.Storing;

/// <summary>A message that is to be published; it leaves its table when the broker has it.</summary>
internal sealed record OutboxRow(long Id, string FailureId, string Message) : IOutboxEntry<long>
{
    public static OutboxTable<OutboxRow> Table { get; } =
        new(
            "leased_until",
            ["failure_id", "message"],
            reader => new OutboxRow(reader.GetInt64(0), reader.GetString(1), reader.GetString(2))
        )
        {
            CountsIds = true,
        };

    /// <summary>None: the next round publishes it, of whichever replica.</summary>
    public long LeasedUntil => 0;

    public static OutboxRow From(string failureId, OutgoingMessage message) =>
        new(0, failureId, JsonSerializer.Serialize(message, StoringJson.Default.OutgoingMessage));

    public OutgoingMessage ToMessage() => JsonSerializer.Deserialize(Message, StoringJson.Default.OutgoingMessage)!;
}
