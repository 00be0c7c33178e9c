using System.Text.Json;
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

        if (Conversion().Match(e.Message) is { Success: true } conversion)
            return $"{path} does not fit: {Choices(path) ?? Expected(conversion.Groups["type"].Value)} is expected.";
        return $"{path} does not fit: {e.Message}";
    }

    private static string Expected(string type) =>
        type switch
        {
            "System.String" => "a text",
            "System.Boolean" or "System.Nullable`1[System.Boolean]" => "true or false",
            _ when WholeNumber().IsMatch(type) => "a whole number in range",
            _ when type.Contains("Decimal", StringComparison.Ordinal)
                    || type.Contains("Double", StringComparison.Ordinal) => "a number",
            _ when type.Contains("DateTime", StringComparison.Ordinal) =>
                "a date and time such as 2026-12-01T10:00:00Z",
            _ when type.Contains("Dictionary", StringComparison.Ordinal) => "an object",
            _ when type.Contains("List", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) =>
                "a list",
            _ => "another kind of value",
        };

    // The serializer does not always name the type of an enumeration, but it does say where it stands.
    private static string? Choices(string path)
    {
        var type = typeof(TInput);
        foreach (var name in path.Split('.').Skip(1))
        {
            if (
                OperationJson.Options.GetTypeInfo(type).Properties.FirstOrDefault(one => one.Name == name)
                is not { } found
            )
                return null;
            type = Nullable.GetUnderlyingType(found.PropertyType) ?? found.PropertyType;
        }

        return type.IsEnum
            ? "one of "
                + string.Join(
                    ", ",
                    Enum.GetValues(type)
                        .Cast<object>()
                        .Select(value => JsonSerializer.Serialize(value, type, OperationJson.Options).Trim('"'))
                )
            : null;
    }

    [GeneratedRegex("missing required properties including: (?<names>.*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"could not be converted to (?<type>\S+?)\.(\s|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"\bSystem\.U?Int(16|32|64)\b|\bSystem\.S?Byte\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeNumber();
}
