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
    /// <summary>Takes any number of arguments, which are then the items of its list.</summary>
    public bool IsVariadic { get; init; }

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
