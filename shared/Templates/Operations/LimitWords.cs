using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Integration.Templates;

/// <summary>Data annotations in words.</summary>
internal static class LimitWords
{
    public static string Of(ValidationAttribute rule, ValueShape value) =>
        rule switch
        {
            RangeAttribute range => Between(range.Minimum, range.Maximum, ""),
            LengthAttribute length => Between(length.MinimumLength, length.MaximumLength, Unit(value)),
            StringLengthAttribute length => Between(length.MinimumLength, length.MaximumLength, Unit(value)),
            MinLengthAttribute { Length: 1 } => "not empty",
            MinLengthAttribute length => $"at least {length.Length}{Unit(value)}",
            MaxLengthAttribute length => $"at most {length.Length}{Unit(value)}",
            RegularExpressionAttribute pattern => $"pattern `{pattern.Pattern}`",
            AllowedValuesAttribute allowed => $"one of {string.Join(", ", allowed.Values.Select(one => $"`{one}`"))}",
            DeniedValuesAttribute denied => $"none of {string.Join(", ", denied.Values.Select(one => $"`{one}`"))}",
            _ => throw new ArgumentException(
                $"Nobody has said how {rule.GetType()} reads in a reference page: add it to {nameof(LimitWords)}.",
                nameof(rule)
            ),
        };

    private static string Between(object least, object most, string unit) =>
        most is int.MaxValue or long.MaxValue or double.MaxValue ? $"at least {Number(least)}{unit}"
        : unit.Length > 0 && least is 0 ? $"at most {Number(most)}{unit}"
        : $"{Number(least)} to {Number(most)}{unit}";

    private static string Number(object number) => Convert.ToString(number, CultureInfo.InvariantCulture)!;

    private static string Unit(ValueShape value) =>
        value.Kind is ValueKind.List or ValueKind.Map ? " entries" : " characters";
}
