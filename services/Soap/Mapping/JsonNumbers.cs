using System.Globalization;

namespace Integration.Soap.Mapping;

/// <summary>Numbers between JSON and XML, digit by digit: nothing is rounded.</summary>
internal static class JsonNumbers
{
    private const int MaxExponent = 400;

    /// <summary>A number of JSON without exponent.</summary>
    /// <param name="json">As it is written.</param>
    /// <param name="keepsZeros">
    /// Whether decimal places stay that are all 0: <c>10.00</c> is as much money as 10, and not the same text.
    /// </param>
    /// <returns>Null when it would be absurdly long.</returns>
    public static string? Plain(string json, bool keepsZeros)
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
        var isNamed = keepsZeros ? fraction.Length > 0 : fraction.AsSpan().ContainsAnyExcept('0');
        var text = isNamed ? $"{whole}.{fraction}" : whole;
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

    /// <summary>Compares two decimals of XML, of any length.</summary>
    /// <returns>Null when one of them is none.</returns>
    public static int? Compare(string one, string other)
    {
        if (OfXml(one) is not { } first || OfXml(other) is not { } second)
            return null;
        var (isNegative, isOtherNegative) = (IsNegative(first), IsNegative(second));
        if (isNegative != isOtherNegative)
            return isNegative ? -1 : 1;
        var compared = CompareDigits(first.TrimStart('-'), second.TrimStart('-'));
        return isNegative ? -compared : compared;
    }

    private static bool IsNegative(string number) =>
        number.StartsWith('-') && number.AsSpan().ContainsAnyInRange('1', '9');

    private static int CompareDigits(string one, string other)
    {
        var (whole, fraction) = Parts(one);
        var (otherWhole, otherFraction) = Parts(other);
        if (whole.Length != otherWhole.Length)
            return whole.Length.CompareTo(otherWhole.Length);
        var compared = string.CompareOrdinal(whole, otherWhole);
        return Math.Sign(compared != 0 ? compared : string.CompareOrdinal(fraction, otherFraction));
    }

    private static (string Whole, string Fraction) Parts(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? (digits, "") : (digits[..point], digits[(point + 1)..].TrimEnd('0'));
    }
}
