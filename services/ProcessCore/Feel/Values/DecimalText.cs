using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>
/// A number as its digits, however many: <c>0.digits × 10^magnitude</c>, without zeros at either end. Two spellings of one number
/// (<c>5.0</c>, <c>5</c>, <c>50e-1</c>) are the same.
/// </summary>
internal sealed partial record DecimalText(bool IsNegative, string Digits, BigInteger Magnitude)
{
    private static readonly DecimalText _zero = new(false, "", BigInteger.Zero);

    /// <summary>Reads what JSON or a text may write; null when it is no number.</summary>
    public static DecimalText? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var whole = match.Groups["whole"].Value;
        var written = whole + match.Groups["fraction"].Value;
        var digits = written.TrimStart('0');
        if (digits.Length == 0)
            return _zero;
        var exponent = match.Groups["exponent"] is { Success: true } group
            ? BigInteger.Parse(group.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : BigInteger.Zero;
        var magnitude = exponent + whole.Length - (written.Length - digits.Length);
        return new DecimalText(match.Groups["minus"].Success, digits.TrimEnd('0'), magnitude);
    }

    /// <summary>Less than, equal to or greater than zero.</summary>
    public int OrderTo(DecimalText other)
    {
        if (Sign != other.Sign || Sign == 0)
            return Sign.CompareTo(other.Sign);
        var larger = Magnitude.CompareTo(other.Magnitude);
        return Sign * (larger != 0 ? larger : string.CompareOrdinal(Digits, other.Digits));
    }

    /// <summary>Without an exponent and without needless zeros; null when that would have more characters than <paramref name="most"/>.</summary>
    public string? ToPlain(int most)
    {
        if (Digits.Length == 0)
            return "0";
        if (BigInteger.Abs(Magnitude) + Digits.Length > most)
            return null;
        var point = (int)Magnitude;
        var number =
            point <= 0 ? $"0.{new string('0', -point)}{Digits}"
            : point >= Digits.Length ? Digits + new string('0', point - Digits.Length)
            : $"{Digits[..point]}.{Digits[point..]}";
        return IsNegative ? $"-{number}" : number;
    }

    private int Sign =>
        Digits.Length == 0 ? 0
        : IsNegative ? -1
        : 1;

    [GeneratedRegex(
        @"\A(?:(?<minus>-)|\+)?(?=\.?[0-9])(?<whole>[0-9]*)(?:\.(?<fraction>[0-9]*))?(?:[eE](?<exponent>[+-]?[0-9]+))?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
