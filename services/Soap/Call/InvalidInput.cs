using Integration.Contracts;
using Integration.Errors;

namespace Integration.Soap.Call;

/// <summary>Errors about an input, told as the pipeline tells its own: by field.</summary>
internal static class InvalidInput
{
    /// <summary>E.g. <c>inputs.port</c> and "is not known.".</summary>
    public static DataErrorException At(string field, string problem) =>
        new(ErrorCodes.InvalidInput, $"inputs.{field} {problem}") { Status = -1 };
}
