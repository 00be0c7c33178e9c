using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Feel;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Engine;

/// <summary>What the expressions of one element see: the instance's variables, and above them what is local.</summary>
internal sealed class Scope
{
    private readonly JsonObject _visible = [];
    private readonly TimeProvider _time;

    // Of a text or number that is used as a name or key.
    private const int LongestNumber = 4096;

    public Scope(IReadOnlyDictionary<string, JsonElement> variables, TimeProvider time)
    {
        _time = time;
        foreach (var (name, value) in variables)
            Set(name, value);
    }

    /// <summary>Makes a value visible, hiding what had the name before.</summary>
    public void Set(string name, JsonElement value) => _visible[name] = Json.ToNode(value);

    /// <summary>Makes the members of an object visible.</summary>
    public void SetAll(JsonElement? values)
    {
        if (values is not { ValueKind: JsonValueKind.Object } members)
            return;
        foreach (var member in members.EnumerateObject())
            Set(member.Name, member.Value);
    }

    /// <summary>Evaluates the mappings in order, each seeing the ones before it.</summary>
    /// <param name="mappings">What to set.</param>
    /// <param name="into">Where to; a nested target keeps the other members of what it finds there.</param>
    /// <param name="missed">Called for each that gives null because something cannot be computed, with the reasons.</param>
    public void Map(
        IReadOnlyList<Mapping> mappings,
        Dictionary<string, JsonElement> into,
        Action<Mapping, IReadOnlyList<string>> missed
    )
    {
        foreach (var mapping in mappings)
        {
            var value = Value(
                mapping.Source,
                $"the mapping of {mapping.TargetText}",
                warnings => missed(mapping, warnings)
            );
            var name = mapping.Target[0];
            JsonElement? existing = into.TryGetValue(name, out var found) ? found : null;
            var path = mapping.Target.Skip(1).ToArray();
            into[name] = Json.With(existing, path, value);
            Set(name, into[name]);
        }
    }

    /// <summary>A condition must be true or false.</summary>
    public bool Condition(FeelAttribute condition)
    {
        var result = Evaluate(condition, "the condition", e => e.Evaluate(_visible, _time));
        return result.Condition
            ?? throw new UnusableValueException(
                "condition-not-boolean",
                $"The condition \"{condition.Text}\" yields {result.Type}, not true or false.{Because(result)} "
                    + "Correct the variables and retry."
            );
    }

    /// <summary>A text or number, as text.</summary>
    public string Text(FeelAttribute source, string what)
    {
        var value = Value(source, what);
        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number when Plain(value.GetRawText()) is { } number => number,
            _ => throw new UnusableValueException(
                "unusable-value",
                $"The expression \"{source.Text}\" of {what} yields {value.GetRawText()}. "
                    + "Correct the variables and retry."
            ),
        };
    }

    /// <summary>The value of a single expression.</summary>
    /// <param name="source">The expression, or fixed text.</param>
    /// <param name="what">What it is for.</param>
    /// <param name="missed">Called when it gives null because something cannot be computed, with the reasons.</param>
    public JsonElement Value(FeelAttribute source, string what, Action<IReadOnlyList<string>>? missed = null)
    {
        if (source.Expression is null)
            return Json.Text(source.Text);
        var (value, warnings) = Evaluate(
            source,
            what,
            e =>
            {
                var result = e.Evaluate(_visible, _time);
                return (Json.FromNode(result.ToJson()), result.Warnings);
            }
        );
        if (value.ValueKind == JsonValueKind.Null && warnings.Count > 0)
            missed?.Invoke(warnings);
        return value;
    }

    // 5, 5.0 and 50e-1 are the same number, and must be the same key.
    private static string? Plain(string number) => DecimalText.Parse(number)?.ToPlain(LongestNumber);

    private static T Evaluate<T>(FeelAttribute source, string what, Func<FeelExpression, T> evaluate)
    {
        try
        {
            return evaluate(source.Expression!);
        }
        catch (JsonException)
        {
            throw new UnusableValueException(
                "value-too-deep",
                $"The expression \"{source.Text}\" of {what} yields a value that is more than {Json.Depth} levels deep. "
                    + "Correct the variables and retry."
            );
        }
        catch (FeelEvaluationException e)
        {
            throw new UnusableValueException(
                "expression-failed",
                $"The expression \"{source.Text}\" of {what} failed: {e.Message} Correct the variables and retry."
            );
        }
    }

    private static string Because(FeelResult result) =>
        result.Warnings.Count == 0 ? "" : $" {string.Join(' ', result.Warnings)}";
}
