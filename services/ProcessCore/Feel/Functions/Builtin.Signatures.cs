using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

// Bodies with typed parameters: an argument of another type means "not defined".
internal sealed partial record Builtin
{
    public static Builtin Of(string name, Func<Evaluation, FeelValue?> body) =>
        new(name, [], (_, evaluation) => body(evaluation));

    public static Builtin Of<TA>(string name, string a, Func<TA, FeelValue?> body)
        where TA : FeelValue => Of<TA>(name, a, (x, _) => body(x));

    public static Builtin Of<TA>(string name, string a, Func<TA, Evaluation, FeelValue?> body)
        where TA : FeelValue =>
        new(name, [a], (values, evaluation) => As<TA>(values[0]) is { } x ? body(x, evaluation) : null);

    public static Builtin Of<TA, TB>(string name, string a, string b, Func<TA, TB, FeelValue?> body)
        where TA : FeelValue
        where TB : FeelValue => Of<TA, TB>(name, a, b, (x, y, _) => body(x, y));

    public static Builtin Of<TA, TB>(string name, string a, string b, Func<TA, TB, Evaluation, FeelValue?> body)
        where TA : FeelValue
        where TB : FeelValue =>
        new(
            name,
            [a, b],
            (values, evaluation) =>
                As<TA>(values[0]) is { } x && As<TB>(values[1]) is { } y ? body(x, y, evaluation) : null
        );

    public static Builtin Of<TA, TB, TC>(
        string name,
        string a,
        string b,
        string c,
        Func<TA, TB, TC, Evaluation, FeelValue?> body
    )
        where TA : FeelValue
        where TB : FeelValue
        where TC : FeelValue =>
        new(
            name,
            [a, b, c],
            (values, evaluation) =>
                As<TA>(values[0]) is { } x && As<TB>(values[1]) is { } y && As<TC>(values[2]) is { } z
                    ? body(x, y, z, evaluation)
                    : null
        );

    /// <summary><c>f([1, 2])</c> and <c>f(1, 2)</c> alike.</summary>
    public static Builtin OfItems(string name, Func<IReadOnlyList<FeelValue>, Evaluation, FeelValue?> body) =>
        new(name, ["list"], (values, evaluation) => values is [FeelList list] ? body(list.Items, evaluation) : null)
        {
            IsVariadic = true,
        };

    // A value that is no list does not become one, as in Camunda.
    private static T? As<T>(FeelValue value)
        where T : FeelValue => value as T;
}
