using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Integration.Sdk;

/// <summary>Checks data annotations through the whole input: on properties and on parameters of records.</summary>
internal static class InputRules
{
    private static readonly ConcurrentDictionary<Type, Rule[]> _rules = new();

    public static IReadOnlyList<string> Check(object value, string path)
    {
        List<string>? problems = null;
        Check(value, path, ref problems);
        return problems ?? (IReadOnlyList<string>)[];
    }

    private static void Check(object value, string path, ref List<string>? problems)
    {
        foreach (var rule in _rules.GetOrAdd(value.GetType(), RulesOf))
        {
            var child = rule.Property.GetValue(value);
            var name = $"{path}.{rule.Name}";
            foreach (var attribute in rule.Attributes)
            {
                var context = new ValidationContext(value) { MemberName = rule.Property.Name, DisplayName = name };
                if (attribute.GetValidationResult(child, context) is { } problem)
                    (problems ??= []).Add(problem.ErrorMessage ?? $"{name} is not valid.");
            }

            if (!rule.Nested || child is null)
                continue;
            if (child is IEnumerable items)
            {
                var index = 0;
                foreach (var item in items)
                {
                    if (item is not null && IsNested(item.GetType()))
                        Check(item, $"{name}[{index}]", ref problems);
                    index++;
                }
            }
            else
            {
                Check(child, name, ref problems);
            }
        }
    }

    private static Rule[] RulesOf(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => new Rule(
                    property,
                    JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                    [.. AttributesOf(type, property)],
                    IsNested(property.PropertyType)
                ))
                .Where(rule => rule.Nested || rule.Attributes.Length > 0),
        ];

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
