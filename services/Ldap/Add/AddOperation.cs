using System.Text.Json;
using Integration.Errors;
using Integration.Ldap.Inputs;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;
using Integration.Sdk;

namespace Integration.Ldap.Add;

/// <summary>Creates an entry in a directory.</summary>
[Operation("ldap.add", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(MissingEntry))]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(LdapErrors))]
[RaisesFrom(typeof(AttributeReader))]
internal sealed class AddOperation(LdapServers servers, LdapSessions sessions, AttributeReader reader)
    : Operation<AddOperation.Input, AddOperation.Output>
{
    /// <summary>What to create.</summary>
    /// <param name="Dn">
    /// Its name: <c>uid={{user}},ou=people,dc=example,dc=org</c>. What is above it must be there. Values come from
    /// <paramref name="Parameters"/>.
    /// </param>
    /// <param name="Attributes">
    /// Its attributes by name, <c>objectClass</c> among them. A value is a text, a number, true or false, <c>{"base64": …}</c> for
    /// bytes, a file reference, or a list of these. Passwords as <c>{{secrets.NAME}}</c>.
    /// </param>
    /// <param name="Parameters">Values for the places <c>{{name}}</c> in the name. None may be empty, and all must be used.</param>
    /// <param name="IfExists">
    /// What to do when there is such an entry already: fail, or keep it as it is. An entry that is kept makes the task one that
    /// can be repeated; otherwise it is in doubt when the server's answer is lost.
    /// </param>
    /// <param name="ExistsError">Code of the BPMN error that is raised when there is such an entry already.</param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Dn,
        [property: MayHoldSecrets] IReadOnlyDictionary<string, JsonElement> Attributes,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        ExistingEntry IfExists = ExistingEntry.Fail,
        string? ExistsError = null,
        string Server = "default"
    );

    /// <summary>What is there now.</summary>
    /// <param name="Dn">The entry's name, escaped where that is needed.</param>
    /// <param name="Created">False when it was there already and was kept.</param>
    public sealed record Output(string Dn, bool Created);

    /// <summary>A repeated add would meet its own first success. With <c>ifExists</c> keep that is fine, and it is repeated.</summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.IfExists == ExistingEntry.Keep ? Effect.Idempotent : declared;
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
        if (input.IfExists == ExistingEntry.Keep && input.ExistsError is not null)
            throw InvalidInput.At("existsError", "is raised never when ifExists is keep. Remove one of them.");
        var attributes = await reader.ReadAsync(server, input.Attributes, "attributes", reader.Budget(), cancellation);
        foreach (var empty in attributes.Where(attribute => attribute.Values.Count == 0))
            throw InvalidInput.At($"attributes.{empty.Name}", "has no values. Leave the attribute out.");
        var result = await sessions.ChangeAsync(server, LdapRequests.Add(name.ToString(), attributes), cancellation);
        return result.Code switch
        {
            ResultCode.Success => new Output(name.ToString(), true),
            ResultCode.EntryAlreadyExists when input.IfExists == ExistingEntry.Keep => new Output(
                name.ToString(),
                false
            ),
            ResultCode.EntryAlreadyExists when input.ExistsError is { } code => throw MissingEntry.Business(
                code,
                $"There is an entry '{name}' already.",
                name
            ),
            _ => throw ResultErrors.OfChange(server.Target, $"to create '{name}'", result),
        };
    }
}
