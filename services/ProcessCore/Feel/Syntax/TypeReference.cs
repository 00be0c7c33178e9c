using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Syntax;

/// <summary>A type as <c>instance of</c> and parameters name it.</summary>
internal abstract record TypeReference
{
    /// <summary>Whether a value is of the type; null is of no type but <c>Any</c> and <c>Null</c>.</summary>
    public bool Accepts(FeelValue value, Evaluation evaluation)
    {
        evaluation.Step();
        return Matches(value, evaluation);
    }

    protected abstract bool Matches(FeelValue value, Evaluation evaluation);
}

/// <summary>E.g. <c>number</c>, <c>date and time</c> or <c>Any</c>.</summary>
internal sealed record SimpleType(string Name) : TypeReference
{
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal)
    {
        "Any",
        "Null",
        "boolean",
        "context",
        "date",
        "date and time",
        "days and time duration",
        "function",
        "list",
        "number",
        "range",
        "string",
        "time",
        "years and months duration",
    };

    protected override bool Matches(FeelValue value, Evaluation evaluation) =>
        Name switch
        {
            "Any" => value is not FeelNull,
            "Null" => value is FeelNull,
            _ => value.TypeName == Name,
        };

    public override string ToString() => Name;
}

/// <summary><c>list&lt;number&gt;</c></summary>
internal sealed record ListType(TypeReference Item) : TypeReference
{
    protected override bool Matches(FeelValue value, Evaluation evaluation) =>
        value is FeelList list && list.Items.All(item => Item.Accepts(item, evaluation));

    public override string ToString() => $"list<{Item}>";
}

/// <summary><c>range&lt;number&gt;</c></summary>
internal sealed record RangeType(TypeReference Bound) : TypeReference
{
    protected override bool Matches(FeelValue value, Evaluation evaluation) =>
        value is FeelRange range
        && new[] { range.Start, range.End }.All(bound => bound is FeelNull || Bound.Accepts(bound, evaluation));

    public override string ToString() => $"range<{Bound}>";
}

/// <summary><c>context&lt;name: string, age: number&gt;</c></summary>
internal sealed record ContextType(IReadOnlyList<KeyValuePair<string, TypeReference>> Entries) : TypeReference
{
    protected override bool Matches(FeelValue value, Evaluation evaluation) =>
        value is FeelContext context
        && Entries.All(entry =>
            context.Find(entry.Key) is { } found && (found is FeelNull || entry.Value.Accepts(found, evaluation))
        );

    public override string ToString() =>
        $"context<{string.Join(", ", Entries.Select(entry => $"{entry.Key}: {entry.Value}"))}>";
}
