using Integration.Contracts;

namespace Integration.Errors;

/// <summary>Errors about an input, reported by field as the pipeline reports its own. Nothing was sent.</summary>
public static class InvalidInput
{
    /// <summary>The error with the code <see cref="ErrorCodes.InvalidInput"/>.</summary>
    /// <param name="field">Below <c>inputs</c>, e.g. <c>url</c> or <c>parameters.id</c>.</param>
    /// <param name="problem">Goes on after the field; a sentence, e.g. "must be absolute."</param>
    public static DataErrorException At(string field, string problem) =>
        new(ErrorCodes.InvalidInput, $"inputs.{field} {problem}") { Status = -1 };
}
