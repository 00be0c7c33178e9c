using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files.S3;

namespace Integration.S3;

/// <summary>An object that is not there, as the business error that a process asked for.</summary>
[Raises(
    ErrorCategory.Business,
    RaisesAttribute.AnyCode,
    "There is no such object; `missingError` names the code.",
    "Catch it with a boundary event."
)]
internal static class MissingObject
{
    /// <summary>Runs a call; raises the business error when the object is missing and the process wants to know.</summary>
    public static async Task<T> AsBusinessErrorAsync<T>(string? code, ObjectPlace place, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (DataErrorException e) when (code is not null && e.Code is "no-such-key")
        {
            throw new BusinessErrorException(
                code,
                $"There is no {place}.",
                JsonSerializer.SerializeToElement(place, OperationJson.Options)
            );
        }
    }
}
