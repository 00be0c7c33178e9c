using Integration.ProcessCore.Feel.Nodes;

namespace Integration.ProcessCore.Feel.Syntax;

/// <summary>The arguments of a call: all by position, or all by name.</summary>
/// <param name="Values">The expressions as written.</param>
/// <param name="Names">The names in the same order; null when given by position.</param>
internal sealed record Arguments(IReadOnlyList<Node> Values, IReadOnlyList<string>? Names)
{
    /// <summary>The arguments in the order of some parameters; null when they do not fit them.</summary>
    public IReadOnlyList<Node>? InOrderOf(IReadOnlyList<string> parameters)
    {
        if (Values.Count != parameters.Count)
            return null;
        if (Names is null)
            return Values;
        var positions = parameters.Select(IndexOf).ToArray();
        return positions.Contains(-1) ? null : [.. positions.Select(position => Values[position])];
    }

    private int IndexOf(string name) => Names!.ToList().IndexOf(name);
}
