using Integration.Bus;
using Integration.Contracts;

namespace Integration.ErrorTreatment.Failures;

/// <summary>A message as it came, as much of it as is known.</summary>
/// <param name="Exchange">Where it was published to.</param>
/// <param name="RoutingKey">With which key.</param>
/// <param name="Properties">Its properties, as far as known.</param>
/// <param name="Body">Its bytes, or their start.</param>
/// <param name="Size">Bytes of the whole body.</param>
internal sealed record StoredMessage(
    string Exchange,
    string RoutingKey,
    MessageProperties Properties,
    byte[] Body,
    long Size
)
{
    /// <summary>Whether all of its bytes are here, so that it can be published again as it was.</summary>
    public bool Complete => Body.Length == Size && Unpublishable is null;

    /// <summary>Why no broker would take it; null when one would.</summary>
    public string? Unpublishable =>
        !Exchanges.Published.Contains(Exchange) ? $"'{Exchange}' is no exchange of the contract"
        : _names.Any(name => !ShortString.Fits(name(this))) ? "its routing key or one of its properties is too long"
        : null;

    private static readonly Func<StoredMessage, string?>[] _names =
    [
        message => message.RoutingKey,
        message => message.Properties.MessageId,
        message => message.Properties.CorrelationId,
        message => message.Properties.Type,
        message => message.Properties.ReplyTo,
        message => message.Properties.AppId,
    ];

    /// <summary>Keeps the whole body up to <see cref="Limits.Body"/>, otherwise its start.</summary>
    public static StoredMessage From(Delivery delivery) =>
        new(
            delivery.Exchange,
            delivery.RoutingKey,
            delivery.Properties,
            delivery.Body.Length <= Limits.Body
                ? delivery.Body.ToArray()
                : delivery.Body[..Limits.SourceBody].ToArray(),
            delivery.Body.Length
        );

    /// <summary>From what a service reported about a message that it could not read.</summary>
    public static StoredMessage From(MessageSource source) =>
        new(
            source.Exchange,
            source.RoutingKey,
            new MessageProperties
            {
                MessageId = source.MessageId,
                CorrelationId = source.CorrelationId,
                Type = source.Type,
                ReplyTo = source.ReplyTo,
                AppId = source.AppId,
            },
            Bytes(source),
            source.Size
        );

    private static byte[] Bytes(MessageSource source)
    {
        if (source.Encoding != "base64")
            return System.Text.Encoding.UTF8.GetBytes(source.Body);

        var bytes = new byte[source.Body.Length];
        return Convert.TryFromBase64String(source.Body, bytes, out var written) ? bytes[..written] : [];
    }
}
