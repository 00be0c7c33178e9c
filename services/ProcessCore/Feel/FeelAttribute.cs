using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Feel;

/// <summary>
/// An attribute of a process definition: a FEEL expression when it begins with <c>=</c>, otherwise the text itself.
/// </summary>
public sealed class FeelAttribute
{
    private FeelAttribute(string text, FeelExpression? expression)
    {
        Text = text;
        Expression = expression;
    }

    /// <summary>The attribute as written.</summary>
    public string Text { get; }

    /// <summary>The expression; null for static text.</summary>
    public FeelExpression? Expression { get; }

    /// <summary>Reads an attribute; blanks before the <c>=</c> do not count.</summary>
    /// <param name="text">As it stands in the file.</param>
    /// <param name="isStored">See <see cref="FeelExpression.Parse"/>.</param>
    /// <exception cref="FeelSyntaxException">What follows the <c>=</c> is no expression.</exception>
    public static FeelAttribute Parse(string text, bool isStored = false)
    {
        var trimmed = text.AsSpan().TrimStart();
        return trimmed is ['=', ..]
            ? new FeelAttribute(text, FeelExpression.Parse(trimmed[1..].ToString(), isStored))
            : new FeelAttribute(text, expression: null);
    }

    /// <summary>The static text, or what the expression evaluates to.</summary>
    /// <inheritdoc cref="FeelExpression.Evaluate" path="/param|/exception" />
    public JsonNode? Evaluate(JsonObject variables, TimeProvider time) =>
        Expression is null ? JsonValue.Create(Text) : Expression.Evaluate(variables, time).ToJson();

    /// <inheritdoc />
    public override string ToString() => Text;
}
