using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>One status or a range of them: <c>404</c>, <c>"404"</c>, <c>"4xx"</c> or <c>"400-404"</c>.</summary>
/// <param name="First">E.g. 400.</param>
/// <param name="Last">Included, e.g. 499.</param>
[JsonConverter(typeof(StatusRangeConverter))]
[WrittenAs(
    "number or text",
    Schema = """
        {
          "type": ["integer", "string"],
          "minimum": 100,
          "maximum": 599,
          "pattern": "^[1-5](?:[0-9]{2}|[xX]{2}|[0-9]{2}-[1-5][0-9]{2})$",
          "x-checks": ["The first status of a range is not larger than its last."]
        }
        """
)]
public sealed record StatusRange(int First, int Last)
{
    /// <summary><c>2xx</c>.</summary>
    public static readonly StatusRange Success = new(200, 299);

    /// <summary>Whether the status is in it.</summary>
    public bool Contains(int status) => status >= First && status <= Last;

    /// <summary>As it is written in a task.</summary>
    public override string ToString() =>
        First == Last ? $"{First}"
        : First % 100 == 0 && Last == First + 99 ? $"{First / 100}xx"
        : $"{First}-{Last}";

    /// <summary>Reads the written form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StatusRange? range)
    {
        ArgumentNullException.ThrowIfNull(text);
        (int? first, int? last) = text switch
        {
            [var digit, 'x' or 'X', 'x' or 'X'] => (Status($"{digit}00"), Status($"{digit}99")),
            [_, _, _, '-', _, _, _] => (Status(text[..3]), Status(text[4..])),
            [_, _, _] => (Status(text), Status(text)),
            _ => (null, null),
        };
        range = first is { } from && last is { } to && from <= to ? new StatusRange(from, to) : null;
        return range is not null;
    }

    private static int? Status(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && status is >= 100 and <= 599
            ? status
            : null;
}
