using Integration.Contracts;
using Integration.Errors;

namespace Integration.S3;

/// <summary>Errors about an input, told as the pipeline tells its own: by field.</summary>
internal static class InvalidInput
{
    /// <summary>E.g. <c>inputs.key</c> and "is empty.".</summary>
    public static DataErrorException At(string field, string problem) =>
        new(ErrorCodes.InvalidInput, $"inputs.{field} {problem}") { Status = -1 };
}
