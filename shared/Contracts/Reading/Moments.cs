using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Integration.Contracts;

/// <summary>
/// Date and time of RFC 3339, which always has an offset: without one it is not known which moment is meant. Small letters, leap
/// seconds and any number of decimals are part of it.
/// </summary>
public sealed partial class Moments : JsonConverter<DateTimeOffset>
{
    private const string Expected =
        "A date and time with seconds and an offset is expected (RFC 3339), such as 2026-12-01T10:00:00Z.";

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonMisfitException(Expected);
        // As this library and most others write it.
        if (
            reader
                is { HasValueSequence: false, ValueIsEscaped: false, ValueSpan: [.., (byte)'Z'] and { Length: >= 20 } }
            && reader.TryGetDateTimeOffset(out var moment)
        )
            return moment;
        return Parse(reader.GetString()!) ?? throw new JsonMisfitException(Expected);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    /// <summary>Whether the text is a date and time of RFC 3339, with its offset.</summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parsed = Parse(text);
        moment = parsed.GetValueOrDefault();
        return parsed is not null;
    }

    private static DateTimeOffset? Parse(string text)
    {
        if (Rfc3339().Match(text) is not { Success: true } match)
            return null;
        var leap = match.Groups["second"].Value == "60";
        var local = $"{match.Groups["minute"].Value.ToUpperInvariant()}:{(leap ? "59" : match.Groups["second"].Value)}";
        if (
            !DateTime.TryParseExact(
                local,
                "yyyy-MM-ddTHH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
            return null;
        var ticks = date.Ticks + Fraction(match.Groups["fraction"].Value) + (leap ? TimeSpan.TicksPerSecond : 0);
        var offset = Offset(match);
        var utc = ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return null;
        var moment = new DateTimeOffset(utc, TimeSpan.Zero);
        // Beyond fourteen hours .NET has no such offset, and the moment is what counts.
        return offset.Duration() <= TimeSpan.FromHours(14) && IsWithin(utc + offset.Ticks)
            ? moment.ToOffset(offset)
            : moment;
    }

    private static bool IsWithin(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;

    private static long Fraction(string digits) =>
        digits.Length == 0 ? 0 : long.Parse(digits.PadRight(7, '0')[..7], CultureInfo.InvariantCulture);

    private static TimeSpan Offset(Match match)
    {
        if (!match.Groups["hours"].Success)
            return TimeSpan.Zero;
        var span = new TimeSpan(
            int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture),
            0
        );
        return match.Groups["sign"].Value == "-" ? -span : span;
    }

    [GeneratedRegex(
        @"^(?<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?([Zz]|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):(?<minutes>[0-5][0-9]))\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Rfc3339();
}
