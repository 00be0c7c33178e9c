using System.Text.Json;
using Integration.Bus;

namespace Integration.ErrorTreatment.Storing;

/// <summary>A message that is to be published; it leaves its table when the broker has it.</summary>
internal sealed class OutboxRow
{
    public const string Insert = """
        insert into outbox (failure_id, message, leased_until) values (@FailureId, @Message, 0)
        """;

    public long Id { get; init; }
    public string FailureId { get; init; } = "";
    public string Message { get; init; } = "";

    public static OutboxRow From(string failureId, OutgoingMessage message) =>
        new()
        {
            FailureId = failureId,
            Message = JsonSerializer.Serialize(message, StoringJson.Default.OutgoingMessage),
        };

    public OutgoingMessage ToMessage() => JsonSerializer.Deserialize(Message, StoringJson.Default.OutgoingMessage)!;
}
