using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>What doc comments and attributes say of a field, as keywords of JSON Schema.</summary>
internal static class SchemaRules
{
    /// <summary>Adds them to the schema that the type has yielded.</summary>
    public static void Add(JsonPropertyInfo property, JsonObject schema)
    {
        var member = (MemberInfo)property.AttributeProvider!;
        // The value that counts when nothing is sent; null is none.
        if (schema.TryGetPropertyValue("default", out var value) && value is null)
            schema.Remove("default");
        var attributes = member.GetCustomAttributes().Concat(OfParameter(member)).ToList();
        if (DocComments.Of(member.DeclaringType!.Assembly).Summary(member, DocStyle.Markdown) is { Length: > 0 } text)
            schema.Insert(0, "description", text);
        if (attributes.OfType<DisplayAttribute>().FirstOrDefault() is { } display)
            Show(display, schema);
        foreach (var rule in attributes.OfType<ValidationAttribute>())
        {
            var said = false;
            foreach (var (keyword, limit) in Of(rule, schema))
            {
                schema[keyword] = limit;
                said = true;
            }

            if (!said)
                Check(schema, rule.FormatErrorMessage(property.Name));
        }

        if (attributes.OfType<MayHoldSecretsAttribute>().Any())
            schema[SchemaForms.Secrets] = true;
    }

    // By name: a contract that only describes its record has no parameters.
    private static IEnumerable<Attribute> OfParameter(MemberInfo member) =>
        member
            .DeclaringType!.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.Name == member.Name)
            .SelectMany(parameter => parameter.GetCustomAttributes());

    private static void Show(DisplayAttribute display, JsonObject schema)
    {
        if (display.GetName() is { } title)
            schema.Insert(0, "title", title);
        if (display.GetGroupName() is { } group)
            schema[SchemaForms.Group] = group;
    }

    private static void Check(JsonObject schema, string sentence)
    {
        if (schema[SchemaForms.Checks] is not JsonArray checks)
            schema[SchemaForms.Checks] = checks = [];
        checks.Add(sentence);
    }

    private static IEnumerable<(string, JsonNode)> Of(ValidationAttribute rule, JsonObject schema) =>
        rule switch
        {
            RangeAttribute range when Has(schema, "integer") || Has(schema, "number") => Between(range, schema),
            LengthAttribute length => Sizes(schema, length.MinimumLength, length.MaximumLength),
            StringLengthAttribute length => Sizes(schema, length.MinimumLength, length.MaximumLength),
            MinLengthAttribute length => Sizes(schema, length.Length, int.MaxValue),
            MaxLengthAttribute length => Sizes(schema, 0, length.Length),
            RegularExpressionAttribute expression when Has(schema, "string") && IsPortable(expression.Pattern) =>
            [
                // The attribute means the whole text, and takes an empty one.
                ("pattern", $"^(?:{expression.Pattern})?$"),
            ],
            AllowedValuesAttribute allowed when allowed.Values.All(one => one is string or null) =>
            [
                ("enum", Texts(allowed.Values)),
            ],
            DeniedValuesAttribute denied when denied.Values.All(one => one is string or null) =>
            [
                ("not", new JsonObject { ["enum"] = Texts(denied.Values) }),
            ],
            _ => [],
        };

    private static IEnumerable<(string, JsonNode)> Between(RangeAttribute range, JsonObject schema)
    {
        if (range.MinimumIsExclusive)
            schema.Remove("minimum");
        if (range.MaximumIsExclusive)
            schema.Remove("maximum");
        if (Number(range.Minimum) is { } least)
            yield return (range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", least);
        if (Number(range.Maximum) is { } most)
            yield return (range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", most);
    }

    private static JsonNode? Number(object limit) =>
        limit switch
        {
            int number => JsonValue.Create(number),
            double number when double.IsFinite(number) => JsonValue.Create(number),
            string text when decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(
                number
            ),
            _ => null,
        };

    private static IEnumerable<(string, JsonNode)> Sizes(JsonObject schema, int least, int most)
    {
        var (min, max) =
            Has(schema, "array") ? ("minItems", "maxItems")
            : Has(schema, "object") ? ("minProperties", "maxProperties")
            : Has(schema, "string") ? ("minLength", "maxLength")
            : ("", "");
        if (min.Length == 0)
            yield break;
        // One text stands for a list of one.
        if (min == "minItems" && least > 1 && schema["type"] is JsonArray types)
            types.RemoveAll(type => type?.GetValue<string>() == "string");
        if (least > 0)
            yield return (min, least);
        if (most is >= 0 and < int.MaxValue)
            yield return (max, most);
    }

    private static bool Has(JsonObject schema, string type) =>
        schema["type"] switch
        {
            JsonValue one => one.GetValue<string>() == type,
            JsonArray several => several.Any(one => one!.GetValue<string>() == type),
            _ => false,
        };

    private static JsonArray Texts(object?[] values) =>
        [.. values.Select(one => (JsonNode?)JsonValue.Create((string?)one))];

    /// <summary>Whether other implementations of regular expressions mean the same.</summary>
    private static bool IsPortable(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
            return !pattern.Contains(@"\z", StringComparison.OrdinalIgnoreCase)
                && !pattern.Contains(@"\A", StringComparison.Ordinal)
                && !pattern.Contains("(?", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
