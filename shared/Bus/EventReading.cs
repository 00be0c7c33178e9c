using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Integration.Contracts;

namespace Integration.Bus;

/// <summary>Deliveries as events of the contract; what cannot be read comes back as an error with a reason.</summary>
public static class EventReading
{
    // What comes back to the bus within another event must still fit into the 64 levels that most readers take.
    private static readonly JsonReaderOptions _depth = new() { MaxDepth = 60 };

    private const int LongestNamed = 200;

    private static readonly UTF8Encoding _strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads the body.</summary>
    /// <param name="delivery">What came.</param>
    /// <param name="json">The event's type, from <see cref="ContractJson"/>.</param>
    /// <param name="limit">Largest body in bytes.</param>
    /// <param name="value">The event; also set when it can be read and only breaks one of <see cref="EventRules"/>.</param>
    /// <param name="error">Why it is none: <c>message-too-large</c> or <c>malformed-message</c>, naming the property.</param>
    public static bool TryRead<T>(
        this Delivery delivery,
        JsonTypeInfo<T> json,
        int limit,
        [NotNullWhen(true)] out T? value,
        [NotNullWhen(false)] out ErrorInfo? error
    )
        where T : class
    {
        value = null;
        if (delivery.Body.Length > limit)
        {
            error = new ErrorInfo(
                ErrorCategory.Volumetric,
                ErrorCodes.MessageTooLarge,
                $"The body has {delivery.Body.Length} bytes; at most {limit} are taken. Send larger content by reference."
            );
            return false;
        }

        try
        {
            value = Deserialize(delivery.Body.Span, json);
        }
        catch (JsonException e)
        {
            error = Malformed(Explain(e));
            return false;
        }

        var reason = value switch
        {
            null => "The body is JSON null.",
            _ when Broken(delivery.Body.Span) is { } broken => broken,
            _ => EventRules.Check(value),
        };
        error = reason is null ? null : Malformed(reason);
        return error is null;
    }

    private static T? Deserialize<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json)
        where T : class
    {
        json = ContractReading.Of(json);
        if (typeof(T) != typeof(TaskRequested))
            return JsonSerializer.Deserialize(body, json);
        var reader = new Utf8JsonReader(body, _depth);
        var value = JsonSerializer.Deserialize(ref reader, json);
        // Throws when there is more than one value.
        while (reader.Read()) { }
        return value;
    }

    /// <summary>The message as an operator gets to see it when it could not be read.</summary>
    public static MessageSource ToSource(this Delivery delivery)
    {
        var (body, encoding) = Excerpt(delivery.Body);
        var properties = delivery.Properties;
        return new MessageSource(
            delivery.Exchange,
            delivery.RoutingKey,
            body,
            encoding,
            delivery.Body.Length,
            properties.Type,
            properties.MessageId,
            properties.CorrelationId,
            properties.ReplyTo,
            properties.AppId
        );
    }

    private static ErrorInfo Malformed(string reason) =>
        new(ErrorCategory.Data, ErrorCodes.MalformedMessage, $"The message cannot be read: {reason}");

    // Whether the message names the place depends on its author.
    private static string Explain(JsonException e) =>
        e.Path is { Length: > 2 } path ? $"{path[2..]}: {e.Message}" : e.Message;

    // What is read later, such as inputs, may hold what is no text; who reads it then, or writes it into an answer, fails.
    private static string? Broken(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return "It is not in UTF-8.";
        if (body.IndexOf("\\u"u8) < 0)
            return null;
        var name = "";
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
                continue;
            try
            {
                var text = reader.GetString()!;
                name = reader.TokenType == JsonTokenType.PropertyName ? text : name;
            }
            catch (InvalidOperationException)
            {
                return $"'{Short(name)}' holds half of a character (a surrogate without its partner).";
            }
        }

        return null;
    }

    // A name may be as long as the body; the reason has to fit into an event.
    private static string Short(string name) =>
        name.Length <= LongestNamed
            ? name
            : $"{name[..(LongestNamed - (char.IsHighSurrogate(name[LongestNamed - 1]) ? 1 : 0))]}…";

    private static (string Body, string Encoding) Excerpt(ReadOnlyMemory<byte> body)
    {
        var excerpt = body.Length <= Limits.SourceBody ? body.Span : CutBetweenCharacters(body.Span);
        try
        {
            return (_strictUtf8.GetString(excerpt), "text");
        }
        catch (DecoderFallbackException)
        {
            return (Convert.ToBase64String(excerpt), "base64");
        }
    }

    /// <summary>Not within a character of UTF-8, whose bytes after the first all begin with the bits 10.</summary>
    private static ReadOnlySpan<byte> CutBetweenCharacters(ReadOnlySpan<byte> body)
    {
        const int LongestCharacter = 4;
        var end = Limits.SourceBody;
        while (end > Limits.SourceBody - LongestCharacter && (body[end] & 0b1100_0000) == 0b1000_0000)
            end--;
        return body[..end];
    }
}
