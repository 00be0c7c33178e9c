using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>The pattern and the format of a text.</summary>
/// <param name="pattern">Null for any.</param>
/// <param name="format">Those that are not known say nothing, as JSON Schema has it.</param>
internal sealed class SchemaText(Regex? pattern, string? format)
{
    public bool Fits(JsonElement text) =>
        format switch
        {
            "date-time" => IsMoment(text),
            "date" => Read(text, static (characters, _) => IsDate(characters), pattern),
            "uuid" => text.TryGetGuid(out _),
            _ => true,
        } && (pattern is null || Read(text, static (characters, pattern) => pattern!.IsMatch(characters), pattern));

    /// <summary>The text as characters, without a copy that outlives the call.</summary>
    public static TResult Read<TState, TResult>(
        JsonElement text,
        Func<ReadOnlySpan<char>, TState, TResult> read,
        TState state
    )
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        if (raw.Contains((byte)'\\'))
            return read(text.GetString(), state);
        var rented = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            return read(rented.AsSpan(0, Encoding.UTF8.GetChars(raw, rented)), state);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static bool IsMoment(JsonElement text)
    {
        // As most write it; the rest is rare.
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return (raw is [.., (byte)'Z'] and { Length: >= 20 } && text.TryGetDateTimeOffset(out _))
            || Moments.TryParse(text.GetString()!, out _);
    }

    private static bool IsDate(ReadOnlySpan<char> characters) =>
        DateOnly.TryParseExact(characters, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
