using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Sdk;

/// <summary>
/// Checks data annotations through the whole input: on properties and on parameters of records, also of those in lists and maps. A
/// text is as long as it has characters, as JSON Schema and the contract's own limits count.
/// </summary>
internal static class InputRules
{
    private static readonly ConcurrentDictionary<Type, Rule[]> _rules = new();

    public static IReadOnlyList<string> Check(object value, string path)
    {
        List<string>? problems = null;
        CheckRecord(value, path, ref problems);
        return problems ?? (IReadOnlyList<string>)[];
    }

    private static void CheckRecord(object value, string path, ref List<string>? problems)
    {
        foreach (var rule in _rules.GetOrAdd(value.GetType(), RulesOf))
        {
            var child = rule.Property.GetValue(value);
            var name = InputPlace.Of(path, rule.Name);
            foreach (var attribute in rule.Attributes)
            {
                var context = new ValidationContext(value) { MemberName = rule.Property.Name, DisplayName = name };
                if (attribute.GetValidationResult(Counted(child, attribute), context) is { } problem)
                    (problems ??= []).Add(problem.ErrorMessage ?? $"{name} is not valid.");
            }

            if (rule.Nested)
                CheckNested(child, name, ref problems);
        }
    }

    private static void CheckNested(object? value, string path, ref List<string>? problems)
    {
        if (value is null || !IsNested(value.GetType()))
            return;
        if (value is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
                CheckNested(entry.Value, InputPlace.Of(path, $"{entry.Key}"), ref problems);
        }
        else if (value is IEnumerable items)
        {
            var index = 0;
            foreach (var item in items)
                CheckNested(item, $"{path}[{index++}]", ref problems);
        }
        else
        {
            CheckRecord(value, path, ref problems);
        }
    }

    // The attributes count UTF-16 units: a text of as many units as there are characters stands for one with pairs.
    private static object? Counted(object? value, ValidationAttribute rule) =>
        value is string text
        && rule is StringLengthAttribute or LengthAttribute or MinLengthAttribute or MaxLengthAttribute
        && text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')
            ? new string(' ', text.EnumerateRunes().Count())
            : value;

    private static Rule[] RulesOf(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => new Rule(
                    property,
                    property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                        ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                    [.. AttributesOf(type, property).Select(rule => ForType(rule, property.PropertyType))],
                    IsNested(property.PropertyType)
                ))
                .Where(rule => rule.Nested || rule.Attributes.Length > 0),
        ];

    // With whole numbers as its bounds the attribute rounds what it is given, and cannot hold what is large.
    private static ValidationAttribute ForType(ValidationAttribute rule, Type type)
    {
        if (
            rule is not RangeAttribute { Minimum: int least, Maximum: int most } range
            || (Nullable.GetUnderlyingType(type) ?? type) == typeof(int)
        )
            return rule;
        var wide = new RangeAttribute((double)least, most)
        {
            MinimumIsExclusive = range.MinimumIsExclusive,
            MaximumIsExclusive = range.MaximumIsExclusive,
        };
        // Set to null it would count as set.
        if (range.ErrorMessage is { } message)
            wide.ErrorMessage = message;
        return wide;
    }

    private static IEnumerable<ValidationAttribute> AttributesOf(Type type, PropertyInfo property) =>
        property
            .GetCustomAttributes<ValidationAttribute>()
            .Concat(
                type.GetConstructors()
                    .SelectMany(constructor => constructor.GetParameters())
                    .Where(parameter => parameter.Name == property.Name)
                    .SelectMany(parameter => parameter.GetCustomAttributes<ValidationAttribute>())
            );

    // What can carry annotations: our own records and collections of them, not the framework's types.
    private static bool IsNested(Type type) =>
        type != typeof(string)
        && type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) != true
        && (
            typeof(IEnumerable).IsAssignableFrom(type)
            || (type.IsClass && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true)
        );

    private sealed record Rule(PropertyInfo Property, string Name, ValidationAttribute[] Attributes, bool Nested);
}
