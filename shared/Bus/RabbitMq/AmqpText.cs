using System.Text;

namespace Integration.Bus.RabbitMq;

/// <summary>Texts of AMQP: bytes that their sender has called UTF-8.</summary>
internal static class AmqpText
{
    private const char Replaced = '\uFFFD';

    private static readonly UTF8Encoding _strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>A header that is a text, which AMQP transports as bytes. Null when it is none.</summary>
    public static string? Of(object? value)
    {
        switch (value)
        {
            case string text:
                return text;
            case byte[] bytes:
                try
                {
                    return _strict.GetString(bytes);
                }
                catch (DecoderFallbackException)
                {
                    return null;
                }
            default:
                return null;
        }
    }

    /// <summary>A property as the client has read it: bytes that are no text have become U+FFFD, and U+0000 AMQP forbids.</summary>
    public static string? Property(string? text, Unreadable property, ref Unreadable unreadable)
    {
        if (text is null || text.AsSpan().IndexOfAny(Replaced, '\0') < 0)
            return text;
        unreadable |= property;
        return null;
    }

    /// <summary>A header of W3C Trace Context: printable ASCII, and not endless.</summary>
    public static string? Trace(
        IDictionary<string, object?>? headers,
        string name,
        int longest,
        Unreadable property,
        ref Unreadable unreadable
    )
    {
        if (headers is null || !headers.TryGetValue(name, out var value) || value is null)
            return null;
        if (Of(value) is { } text && text.Length <= longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        unreadable |= property;
        return null;
    }
}
