using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class BooleanFunctions
{
    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.Of<FeelValue>(
            "not",
            "negand",
            value => value is FeelBoolean boolean ? FeelBoolean.Of(!boolean.Value) : FeelNull.Value
        ),
        Builtin.Of<FeelValue>("is defined", "value", value => FeelBoolean.Of(value is not FeelNull)),
        Builtin.Of<FeelValue, FeelValue>(
            "get or else",
            "value",
            "default",
            (value, otherwise) => value is FeelNull ? otherwise : value
        ),
        Builtin.Of<FeelValue, FeelValue>(
            "assert",
            "value",
            "condition",
            (value, condition) => Assert(value, condition, "The condition of assert() is not true.")
        ),
        Builtin.Of<FeelValue, FeelValue, FeelString>(
            "assert",
            "value",
            "condition",
            "cause",
            (value, condition, cause, _) => Assert(value, condition, cause.Value)
        ),
        Builtin.Of<FeelValue, FeelValue>(
            "is",
            "value1",
            "value2",
            (left, right, evaluation) =>
                FeelBoolean.Of(left.TypeName == right.TypeName && Identical(left, right, evaluation))
        ),
    ];

    private static FeelValue Assert(FeelValue value, FeelValue condition, string cause) =>
        condition == FeelBoolean.True ? value : throw new FeelEvaluationException(cause);

    // Equal moments in different zones are equal, but not the same.
    private static bool Identical(FeelValue left, FeelValue right, Evaluation evaluation) =>
        left is FeelTime or FeelDateTime
            ? left.ToString() == right.ToString()
            : Equality.Of(left, right, evaluation) == true;
}
