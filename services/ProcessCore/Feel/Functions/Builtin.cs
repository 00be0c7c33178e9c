using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>One signature of a built-in function.</summary>
/// <param name="Name">E.g. <c>string length</c>.</param>
/// <param name="Parameters">Their names, for calls by name.</param>
/// <param name="Body">Null when the function is not defined for the arguments.</param>
internal sealed partial record Builtin(
    string Name,
    IReadOnlyList<string> Parameters,
    Func<FeelValue[], Evaluation, FeelValue?> Body
)
{
    /// <summary>Takes any number of arguments; those from the last parameter on are handed to the body as one list.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>Which parameter is a regular expression; -1 when none is.</summary>
    public int PatternParameter => Name == "split" ? 1 : Parameters.ToList().IndexOf("pattern");

    public FeelValue Invoke(FeelValue[] arguments, Evaluation evaluation)
    {
        foreach (var argument in arguments)
            evaluation.SpendOn(argument);
        try
        {
            var result = Body(arguments, evaluation);
            if (result is not null)
                evaluation.SpendOn(result);
            return result
                ?? evaluation.Null(
                    $"{Name}() is not defined for ({string.Join(", ", arguments.Select(argument => argument.TypeName))})."
                );
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            return evaluation.Null($"The result of {Name}() is out of range.");
        }
    }

    public override string ToString() => $"{Name}({string.Join(", ", Parameters)}{(IsVariadic ? ", …" : "")})";
}
