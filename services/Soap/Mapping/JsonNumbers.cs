using System.Globalization;

namespace Integration.Soap.Mapping;

/// <summary>Numbers between JSON and XML, digit by digit: nothing is rounded.</summary>
internal static class JsonNumbers
{
    private const int MaxExponent = 400;

    /// <summary>A number of JSON without exponent, and without decimal places where they are all 0.</summary>
    /// <returns>Null when it would be absurdly long.</returns>
    public static string? Plain(string json)
    {
        var exponentAt = json.AsSpan().IndexOfAny('e', 'E');
        var digits = exponentAt < 0 ? json : json[..exponentAt];
        var exponent = 0;
        if (exponentAt >= 0)
        {
            if (
                !int.TryParse(
                    json.AsSpan(exponentAt + 1),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out exponent
                )
                || Math.Abs((long)exponent) > MaxExponent
            )
            {
                return null;
            }
        }

        var negative = digits.StartsWith('-');
        if (negative)
            digits = digits[1..];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        if (exponent > 0)
        {
            fraction = fraction.PadRight(exponent, '0');
            whole += fraction[..exponent];
            fraction = fraction[exponent..];
        }
        else if (exponent < 0)
        {
            whole = whole.PadLeft(-exponent + 1, '0');
            fraction = whole[^-exponent..] + fraction;
            whole = whole[..^-exponent];
        }

        whole = whole.TrimStart('0');
        if (whole.Length == 0)
            whole = "0";
        var text = fraction.AsSpan().ContainsAnyExcept('0') ? $"{whole}.{fraction}" : whole;
        return negative ? "-" + text : text;
    }

    /// <summary>A decimal of XML as a number of JSON: <c>+05.</c> becomes <c>5</c>.</summary>
    /// <returns>Null when it is no decimal.</returns>
    public static string? OfXml(string xml)
    {
        var text = xml.AsSpan().Trim();
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
            text = text[1..];
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (
            whole.Length + fraction.Length == 0
            || whole.ContainsAnyExceptInRange('0', '9')
            || fraction.ContainsAnyExceptInRange('0', '9')
        )
        {
            return null;
        }

        whole = whole.TrimStart('0');
        return string.Concat(
            negative ? "-" : "",
            whole.Length == 0 ? "0" : whole,
            fraction.Length == 0 ? "" : ".",
            fraction
        );
    }
}
