using System.Text.Json;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>Inputs of a task as the operation's input record; what does not fit is reported by field.</summary>
internal static class InputReader<TInput>
    where TInput : class
{
    private static readonly InputShape _shape = InputShape.Of(typeof(TInput));

    /// <exception cref="DataErrorException">They do not fit; the message names the field.</exception>
    public static TInput Read(JsonElement inputs)
    {
        TInput? input;
        try
        {
            input = Deserialize(inputs);
        }
        catch (JsonException e)
        {
            throw InputProblem.Invalid(
                InputProblem.Find(inputs, _shape, "inputs") ?? $"inputs{e.Path?.TrimStart('$')} does not fit.",
                e
            );
        }

        if (input is null)
            throw InputProblem.Invalid("inputs is null; send an object.");
        var problems = InputRules.Check(input, "inputs");
        return problems.Count == 0 ? input : throw InputProblem.Invalid(string.Join(" ", problems));
    }

    // Most inputs hold no null at all, and are read as they came.
    private static TInput? Deserialize(JsonElement inputs) =>
        InputNulls.MayStandIn(inputs) && InputNulls.Check(inputs, _shape, "inputs")
            ? JsonSerializer.Deserialize<TInput>(InputNulls.Without(inputs, _shape).Span, InputJson.Options)
            : inputs.Deserialize<TInput>(InputJson.Options);
}
