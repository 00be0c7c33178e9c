using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Ldap.Names;
using Integration.Ldap.Protocol;

namespace Integration.Ldap.Inputs;

/// <summary>An entry that is not there, as the business error that a process asked for.</summary>
[Raises(
    ErrorCategory.Business,
    RaisesAttribute.AnyCode,
    "The entry is not there, or is there already; the task names the code.",
    "Catch it with a boundary event."
)]
internal static class MissingEntry
{
    /// <summary>Runs a call; raises the business error when the entry is missing and the process wants to know.</summary>
    public static async Task<T> AsBusinessErrorAsync<T>(string? code, DistinguishedName name, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (DataErrorException e) when (code is not null && e.Code == "no-such-object")
        {
            throw Business(code, $"There is no entry '{name}'.", name);
        }
    }

    /// <summary>The same error as when a server reports it.</summary>
    public static TaskErrorException Of(string target, DistinguishedName name) =>
        ResultErrors.Of(target, $"'{name}'", new LdapResult(ResultCode.NoSuchObject, "", "", []));

    /// <summary>An error that a process asked for.</summary>
    public static BusinessErrorException Business(string code, string message, DistinguishedName name) =>
        new(code, message, JsonSerializer.SerializeToElement(new { dn = name.ToString() }, OperationJson.Options));
}
