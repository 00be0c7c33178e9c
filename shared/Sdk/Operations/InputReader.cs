using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>Inputs of a task as the operation's input record; what does not fit is told by field.</summary>
internal static partial class InputReader<TInput>
    where TInput : class
{
    private static readonly string _known = string.Join(
        ", ",
        OperationJson.Options.GetTypeInfo(typeof(TInput)).Properties.Select(property => property.Name)
    );

    public static TInput Read(JsonElement inputs)
    {
        TInput? input;
        try
        {
            input = inputs.Deserialize<TInput>(OperationJson.Options);
        }
        catch (JsonException e)
        {
            throw Invalid(Explain(e), e);
        }

        if (input is null)
            throw Invalid("inputs is null; send an object.", null);
        var problems = InputRules.Check(input, "inputs");
        return problems.Count == 0 ? input : throw Invalid(string.Join(" ", problems), null);
    }

    private static DataErrorException Invalid(string message, Exception? cause) =>
        new(ErrorCodes.InvalidInput, message, cause) { Status = -1 };

    // The serializer names the field but speaks of .NET types; a process designer knows inputs.
    private static string Explain(JsonException e)
    {
        var path = "inputs" + (e.Path is null or "$" ? "" : e.Path[1..]);
        if (Missing().Match(e.Message) is { Success: true } missing)
        {
            var names = missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal).TrimEnd('.');
            return $"{path} lacks what is required: {names}.";
        }

        if (Unknown().Match(e.Message) is { Success: true } unknown)
        {
            var parent =
                path.LastIndexOf('.') is var dot and > 0
                && path.EndsWith(unknown.Groups["name"].Value, StringComparison.Ordinal)
                    ? path[..dot]
                    : path;
            var known = parent == "inputs" ? $" Known are: {_known}." : "";
            return $"{parent}.{unknown.Groups["name"].Value} is not known.{known}";
        }

        // A converter of an operation's own says better than we can what it takes.
        var own =
            !e.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            && !e.Message.Contains("allow null values", StringComparison.Ordinal);
        return $"{path} does not fit: {(own ? e.Message : $"{Expected(e.Path)} is expected.")}";
    }

    private static string Expected(string? path) =>
        TypeAt(path) switch
        {
            null => "another kind of value",
            { IsEnum: true } choices => $"one of {Names(choices)}",
            var type when type == typeof(string) => "a text",
            var type when type == typeof(bool) => "true or false",
            var type when type == typeof(decimal) || type == typeof(double) || type == typeof(float) => "a number",
            var type when type == typeof(DateTimeOffset) || type == typeof(DateTime) =>
                "a date and time such as 2026-12-01T10:00:00Z",
            { IsPrimitive: true } => "a whole number in range",
            var type => OperationJson.Options.GetTypeInfo(type).Kind switch
            {
                JsonTypeInfoKind.Enumerable => "a list",
                JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
                _ => "another kind of value",
            },
        };

    private static string Names(Type choices) =>
        string.Join(
            ", ",
            Enum.GetValues(choices)
                .Cast<object>()
                .Select(value => JsonSerializer.Serialize(value, choices, OperationJson.Options).Trim('"'))
        );

    // The serializer names the record that holds the field, not the type of the field.
    private static Type? TypeAt(string? path)
    {
        Type? type = typeof(TInput);
        foreach (Match step in Step().Matches(path ?? ""))
        {
            var info = OperationJson.Options.GetTypeInfo(type);
            type = info.Kind switch
            {
                JsonTypeInfoKind.Object => info
                    .Properties.FirstOrDefault(p => p.Name == step.Groups["name"].Value)
                    ?.PropertyType,
                JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => info.ElementType,
                _ => null,
            };
            if (type is null)
                return null;
        }

        return Nullable.GetUnderlyingType(type) ?? type;
    }

    [GeneratedRegex("missing required properties including: (?<names>.*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[(?<name>[^\]]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
