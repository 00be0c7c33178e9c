using System.Text.Json;
using Integration.Errors;
using Integration.Ldap.Inputs;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;
using Integration.Sdk;

namespace Integration.Ldap.Delete;

/// <summary>Deletes an entry of a directory. What has entries below it stays.</summary>
[Operation("ldap.delete", Version = 1, Effect = Effect.Idempotent)]
[RaisesFrom(typeof(MissingEntry))]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(LdapErrors))]
internal sealed class DeleteOperation(LdapServers servers, LdapSessions sessions)
    : Operation<DeleteOperation.Input, DeleteOperation.Output>
{
    /// <summary>What to delete.</summary>
    /// <param name="Dn">
    /// The entry's name: <c>uid={{user}},ou=people,dc=example,dc=org</c>. Values come from <paramref name="Parameters"/>, or the
    /// whole name from an earlier operation.
    /// </param>
    /// <param name="Parameters">Values for the places <c>{{name}}</c> in the name. None may be empty, and all must be used.</param>
    /// <param name="MissingError">
    /// Code of the BPMN error that is raised when there is no such entry. The task is then in doubt when the server's answer is
    /// lost; without it, it is repeated.
    /// </param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Dn,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        string? MissingError = null,
        string Server = "default"
    );

    /// <summary>What is gone.</summary>
    /// <param name="Dn">The entry's name, escaped where that is needed.</param>
    /// <param name="Deleted">False when there was no such entry.</param>
    public sealed record Output(string Dn, bool Deleted);

    /// <summary>With <c>missingError</c> a repeated delete would meet its own first success, so it is in doubt instead.</summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.MissingError is null ? declared : Effect.Once;
    }

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return servers.Find(input.Server).Target;
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var server = servers.Find(input.Server);
        server.AllowChanges();
        var name = EntryName.Read(server, input.Dn, input.Parameters);
        var result = await sessions.ChangeAsync(server, LdapRequests.Delete(name.ToString()), cancellation);
        return result.Code switch
        {
            ResultCode.Success => new Output(name.ToString(), true),
            ResultCode.NoSuchObject when input.MissingError is { } code => throw MissingEntry.Business(
                code,
                $"There is no entry '{name}'.",
                name
            ),
            ResultCode.NoSuchObject => new Output(name.ToString(), false),
            _ => throw ResultErrors.OfChange(server.Target, $"to delete '{name}'", result),
        };
    }
}
