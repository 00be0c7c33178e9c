using System.Globalization;
using System.Text;
using System.Text.Json;
using Integration.Xml;

namespace Integration.Http;

/// <summary>What a token endpoint says (RFC 6749, 5.1 and 5.2).</summary>
internal static class TokenAnswer
{
    // Endpoints that do not say how long a token is good for are asked again after this time; a 401 shows it sooner.
    private static readonly TimeSpan _unknown = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(30);

    /// <summary>Null with a reason, as the end of a sentence, when it is none.</summary>
    public static AccessToken? Token(ReadOnlyMemory<byte> body, DateTimeOffset now, out string problem)
    {
        problem = "is no JSON object";
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } root)
            return null;
        problem = "has no access_token";
        if (Text(root, "access_token") is not { Length: > 0 } token)
            return null;
        problem = "has an access_token that no header can carry";
        if (token.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            return null;
        problem = "has a token_type other than Bearer";
        if (!"bearer".Equals(Text(root, "token_type") ?? "bearer", StringComparison.OrdinalIgnoreCase))
            return null;
        problem = "has a refresh_token that is no text";
        if (
            root.TryGetProperty("refresh_token", out var refresh)
            && refresh.ValueKind != JsonValueKind.Null
            && Text(root, "refresh_token") is null
        )
            return null;
        return new AccessToken(token, now + Use(root), Text(root, "refresh_token"));
    }

    /// <summary>E.g. <c>invalid_client</c>; null when it says none.</summary>
    public static string? Error(ReadOnlyMemory<byte> body) =>
        Parse(body) is { ValueKind: JsonValueKind.Object } root
        && Text(root, "error") is { Length: > 0 and <= 100 } error
        && error.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.')
            ? error
            : null;

    // Half of a short life at least is used.
    private static TimeSpan Use(JsonElement root)
    {
        if (Seconds(root) is not { } seconds)
            return _unknown;
        var life = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, _longest.TotalSeconds));
        return life - (life / 2 < _margin ? life / 2 : _margin);
    }

    // Some write it as a text.
    private static double? Seconds(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in", out var value))
            return null;
        var text = value.ValueKind is JsonValueKind.String ? Text(root, "expires_in") : value.GetRawText();
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds)
            ? seconds
            : null;
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        // Half of a character, or bytes that are no utf-8: the parser looks at neither.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // RFC 8259, 8.1: a byte order mark may be passed over.
    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Charsets.Marked(body.Span) is { } marked
                ? JsonElement.Parse(marked.GetString(body.Span)[1..])
                : JsonElement.Parse(body.Span);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
