using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel.Functions;
using Integration.ProcessCore.Feel.Nodes;
using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Syntax;

namespace Integration.ProcessCore.Feel;

/// <summary>
/// A parsed FEEL expression. Immutable and safe to share between threads: parse once at deployment, evaluate often.
/// The language is described in <c>docs/reference/feel.md</c>.
/// </summary>
public sealed class FeelExpression
{
    private readonly Node _root;

    private FeelExpression(string text, Node root, IReadOnlySet<string> variables)
    {
        Text = text;
        _root = root;
        Variables = variables;
    }

    /// <summary>The signatures of all built-in functions, e.g. <c>substring(string, start position)</c>.</summary>
    public static IReadOnlyList<string> Functions => Builtins.Signatures;

    /// <summary>What was parsed, without the leading <c>=</c> of an attribute.</summary>
    public string Text { get; }

    /// <summary>The variables that the expression may read, in no particular order.</summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>Reads an expression; it does not begin with <c>=</c> (see <see cref="FeelAttribute"/>).</summary>
    /// <param name="text">The expression.</param>
    /// <param name="isStored">
    /// Whether it was taken before: then what is refused since a later release (patterns and numbers that cannot be computed with) is
    /// taken, and gives null when it is evaluated.
    /// </param>
    /// <exception cref="FeelSyntaxException">The text is no expression of the supported language.</exception>
    public static FeelExpression Parse(string text, bool isStored = false)
    {
        var parser = new Parser(text, isStored);
        var root = parser.ParseWhole();
        return new FeelExpression(text, root, parser.FreeVariables);
    }

    /// <summary>
    /// Evaluates the expression. What cannot be computed (a missing variable, an operation on the wrong types) is null
    /// and leaves a warning in the result.
    /// </summary>
    /// <param name="variables">What names refer to. Read only as far as needed, never changed or kept.</param>
    /// <param name="time">Clock and time zone of <c>now()</c> and <c>today()</c>.</param>
    /// <exception cref="FeelEvaluationException">An assertion of the expression failed, or it exceeds a limit.</exception>
    public FeelResult Evaluate(JsonObject variables, TimeProvider time)
    {
        var evaluation = new Evaluation(time);
        var value = _root.Evaluate(new VariablesScope(evaluation, variables));
        return new FeelResult(value, evaluation);
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
