using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel;

/// <summary>What an expression evaluated to.</summary>
public sealed class FeelResult
{
    private readonly FeelValue _value;
    private readonly Evaluation _evaluation;

    internal FeelResult(FeelValue value, Evaluation evaluation)
    {
        _value = value;
        _evaluation = evaluation;
    }

    /// <summary>FEEL's name of the type, e.g. <c>number</c>, <c>date and time</c> or <c>null</c>.</summary>
    public string Type => _value.TypeName;

    /// <summary>The value of a condition; null when it is neither true nor false.</summary>
    public bool? Condition => (_value as FeelBoolean)?.Value;

    /// <summary>Why something in the expression became null, in words for a person; empty when nothing did.</summary>
    public IReadOnlyList<string> Warnings => _evaluation.Warnings;

    /// <summary>
    /// The value as JSON of its own: the nodes belong to no other document. Temporal values become ISO 8601 strings,
    /// ranges and functions their text.
    /// </summary>
    /// <exception cref="FeelEvaluationException">The value is larger than an evaluation may produce.</exception>
    public JsonNode? ToJson() => FeelJson.Write(_value, _evaluation);
}
