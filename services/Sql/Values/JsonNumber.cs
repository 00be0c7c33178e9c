using System.Text.Json;

namespace Integration.Sql.Values;

/// <summary>
/// Numbers as JSON without loss: with all their digits, or as a text where readers of JSON would round them.
/// </summary>
internal static class JsonNumber
{
    /// <summary>What a decimal of .NET, of FEEL (as here) and of Java's BigDecimal-based readers holds.</summary>
    private const int ExactDigits = 28;

    public static void Write(Utf8JsonWriter json, string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c is not ('-' or '.'))
                digits = int.MaxValue / 2;
        }

        if (digits is > 0 and <= ExactDigits)
            json.WriteRawValue(text);
        else
            json.WriteStringValue(text);
    }

    /// <summary>A binary floating point number; what is not finite is a text.</summary>
    public static void WriteFloat(Utf8JsonWriter json, string text)
    {
        if (text.AsSpan().IndexOfAny("NIni") >= 0)
            json.WriteStringValue(text);
        else
            json.WriteRawValue(text);
    }
}
