using System.Text.Json;
using Integration.Errors;
using Integration.Sql.Running;
using Integration.Sql.Values;

namespace Integration.Sql.Statements;

/// <summary>Puts the values of a task to the parameters of a statement.</summary>
internal static class Binder
{
    /// <param name="statement">Named.</param>
    /// <param name="values">Of the task.</param>
    /// <param name="field">Where the values stand, e.g. <c>parameters</c>.</param>
    public static StatementCall Bind(
        Statement statement,
        IReadOnlyDictionary<string, JsonElement>? values,
        string field
    )
    {
        RefuseUnknown(statement.Parameters, values, field, $"The statement '{statement.Name}'");
        var given = Values(statement.Parameters, values, field);
        var text = statement.Body switch
        {
            TextBody body => body.Text,
            RoutineBody body => RoutineText.Of(body, statement.Parameters, name => values?.ContainsKey(name) == true),
            _ => throw new InvalidOperationException($"{statement.Body} is no body."),
        };
        return new StatementCall(statement.Name, text, given, statement.Timeout, statement.Errors);
    }

    /// <summary>The same for SQL that the task brings.</summary>
    public static StatementCall Bind(
        SqlText text,
        IReadOnlyDictionary<string, JsonElement>? values,
        IReadOnlyDictionary<string, string>? types,
        TimeSpan timeout,
        string place
    )
    {
        var parameters = text.Parameters.ToDictionary(name => name, name => Type(name, types, place));
        RefuseUnknown(parameters, values, $"{place}parameters", "The text");
        RefuseUnknown(parameters, types, $"{place}types", "The text");
        return new StatementCall(
            "sql",
            text,
            Values(parameters, values, $"{place}parameters", required: true),
            timeout,
            []
        );
    }

    private static Dictionary<string, BoundValue> Values(
        IReadOnlyDictionary<string, ParameterType> parameters,
        IReadOnlyDictionary<string, JsonElement>? values,
        string field,
        bool required = false
    )
    {
        var bound = new Dictionary<string, BoundValue>(StringComparer.Ordinal);
        foreach (var (name, type) in parameters.Where(one => !one.Value.IsOut))
        {
            var place = $"{field}.{name}";
            JsonElement? value = values is not null && values.TryGetValue(name, out var given) ? given : null;
            if (value is null && (required || !type.IsOptional))
                throw InvalidInput.At(place, $"is missing. It must be {Described(type)}.");
            if (value is { ValueKind: JsonValueKind.Null })
                value = null;
            if (value is null && !type.IsOptional)
                throw InvalidInput.At(place, $"is null. It must be {Described(type)}.");
            bound[name] = new BoundValue(type, value, place) { File = FileParameter.Of(type, value, place) };
        }

        return bound;
    }

    private static string Described(ParameterType type) => type.Name.Length == 0 ? "given" : $"of the type {type.Cast}";

    private static void RefuseUnknown<T>(
        IReadOnlyDictionary<string, ParameterType> parameters,
        IReadOnlyDictionary<string, T>? values,
        string field,
        string what
    )
    {
        if (
            values?.Keys.FirstOrDefault(name => !parameters.TryGetValue(name, out var type) || type.IsOut)
            is not { } unknown
        )
            return;
        var known = parameters.Where(one => !one.Value.IsOut).Select(one => one.Key).ToList();
        throw InvalidInput.At(
            $"{field}.{unknown}",
            known.Count == 0
                ? $"is not known. {what} has no parameters."
                : $"is not known. {what} has the parameters {string.Join(", ", known)}."
        );
    }

    private static ParameterType Type(string name, IReadOnlyDictionary<string, string>? types, string place)
    {
        if (types is null || !types.TryGetValue(name, out var text))
            return ParameterType.Unknown;
        return ParameterType.TryParse(text, out var type) && !type.IsOut
            ? type with
            {
                IsOptional = true,
            }
            : throw InvalidInput.At($"{place}types.{name}", "is no type. Write e.g. uuid, numeric(12,2) or text[].");
    }
}
