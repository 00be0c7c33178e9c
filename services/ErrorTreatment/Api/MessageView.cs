using System.Text;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Api;

/// <summary>A message as it came. The body is text where it is UTF-8, otherwise base64.</summary>
internal sealed record MessageView(
    string Exchange,
    string RoutingKey,
    string? Type,
    string? MessageId,
    string? CorrelationId,
    string? AppId,
    string? UserId,
    string Encoding,
    string Body,
    long Size,
    bool Complete
)
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    public static MessageView Of(StoredMessage message)
    {
        var (encoding, body) = Text(message.Body);
        var properties = message.Properties;
        return new MessageView(
            message.Exchange,
            message.RoutingKey,
            properties.Type,
            properties.MessageId,
            properties.CorrelationId,
            properties.AppId,
            properties.UserId,
            encoding,
            body,
            message.Size,
            message.Complete
        );
    }

    private static (string Encoding, string Body) Text(byte[] bytes)
    {
        try
        {
            return ("text", _strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return ("base64", Convert.ToBase64String(bytes));
        }
    }
}
