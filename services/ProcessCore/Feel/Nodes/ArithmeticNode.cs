using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>+</c>, <c>-</c>, <c>*</c>, <c>/</c>, <c>**</c></summary>
internal sealed class ArithmeticNode(string symbol, Node left, Node right) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var (a, b) = (left.Evaluate(scope), right.Evaluate(scope));
        try
        {
            return Arithmetic.Apply(symbol, a, b, scope.Evaluation)
                ?? scope.Evaluation.Null($"'{symbol}' is not defined for {a.TypeName} and {b.TypeName}.{Advice(a, b)}");
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            return scope.Evaluation.Null($"The result of '{symbol}' is out of range.");
        }
        catch (DivideByZeroException)
        {
            return scope.Evaluation.Null("There is no division by zero.");
        }
    }

    private string Advice(FeelValue a, FeelValue b) =>
        a is FeelLongNumber || b is FeelLongNumber
            ? " A number that has more than 28 digits, or is larger than 7.9e28, can be passed on and compared only."
        : symbol == "+" && (a is FeelString || b is FeelString) ? " Make both strings with string(…)."
        : "";
}
