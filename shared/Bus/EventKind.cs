using Integration.Contracts;

namespace Integration.Bus;

/// <summary>
/// What a delivery is. Exchange and routing key say it, whatever stands in the property <c>type</c>; only results, which come by
/// one key, differ by their type, and by the fields of the body where the publisher has set none.
/// </summary>
public static class EventKind
{
    /// <summary>Largest body in bytes that is looked into for want of a type: 16 MiB, more than a broker takes by default.</summary>
    private const int LargestUntyped = 16 * 1024 * 1024;

    private static readonly (string Prefix, string Type)[] _control =
    [
        ("cancel.", EventTypes.TaskCancelled),
        ("announce.", EventTypes.ServiceAnnounced),
        ("heartbeat.", EventTypes.ServiceHeartbeat),
        ("describe.", EventTypes.AnnouncementRequested),
    ];

    private static readonly (string Prefix, string Type)[] _inbound =
    [
        ("start.", EventTypes.ProcessStart),
        ("message.", EventTypes.MessageReceived),
    ];

    private static readonly string[] _results =
    [
        EventTypes.TaskCompleted,
        EventTypes.TaskRejected,
        EventTypes.TaskFailed,
        EventTypes.TaskIncident,
        EventTypes.InstanceCompleted,
        EventTypes.InstanceFailed,
    ];

    /// <summary>One of <see cref="EventTypes"/>; null when it is not known, or is a kind that this release does not know.</summary>
    public static string? Of(Delivery delivery) =>
        delivery.Exchange switch
        {
            Exchanges.Results => OfResult(delivery),
            Exchanges.Control => ByKey(_control, delivery.RoutingKey, delivery.Properties.Type),
            Exchanges.Inbound => ByKey(_inbound, WithoutEngine(delivery.RoutingKey), delivery.Properties.Type),
            Exchanges.Tasks => EventTypes.TaskRequested,
            Exchanges.Errors => EventTypes.TaskErrored,
            _ => null,
        };

    /// <summary>Why <see cref="Of"/> is null, and the way out.</summary>
    public static ErrorInfo Unknown(Delivery delivery) =>
        new(
            ErrorCategory.Data,
            ErrorCodes.MalformedMessage,
            $"The message cannot be read: nothing says what it is. Its routing key on {delivery.Exchange} is "
                + $"\"{delivery.RoutingKey}\" and its property type is "
                + (string.IsNullOrEmpty(delivery.Properties.Type) ? "not set" : $"\"{delivery.Properties.Type}\"")
                + (
                    string.IsNullOrEmpty(delivery.Properties.Type) && delivery.Body.Length > LargestUntyped
                        ? $", and a body of more than {LargestUntyped} bytes is not looked into"
                        : ""
                )
                + ". Publish it with the property type that the contract has for it."
        );

    private static string? ByKey((string Prefix, string Type)[] kinds, string key, string? type)
    {
        foreach (var (prefix, kind) in kinds)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                return kind;
        }

        return Array.Exists(kinds, kind => kind.Type == type) ? type : null;
    }

    private static string WithoutEngine(string key) => key.Split('.', 3) is ["engine", _, var rest] ? rest : key;

    private static string? OfResult(Delivery delivery)
    {
        var type = delivery.Properties.Type;
        if (string.IsNullOrEmpty(type))
            return OfBody(delivery);
        return Array.IndexOf(_results, type) < 0 ? null : type;
    }

    private static string? OfBody(Delivery delivery) =>
        delivery.Body.Length <= LargestUntyped && ResultFields.Of(delivery.Body.Span) is { } fields
            ? fields.Kind(ofRetry: delivery.RoutingKey.EndsWith(".retried", StringComparison.Ordinal))
            : null;
}
