using System.Text.Json;
using Integration.Errors;
using Integration.Ldap.Inputs;
using Integration.Ldap.Names;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;
using Integration.Sdk;

namespace Integration.Ldap.Rename;

/// <summary>Gives an entry of a directory another name, another place, or both.</summary>
[Operation("ldap.rename", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(MissingEntry))]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(LdapErrors))]
internal sealed class RenameOperation(LdapServers servers, LdapSessions sessions)
    : Operation<RenameOperation.Input, RenameOperation.Output>
{
    /// <summary>What to rename. At least one of newName and newParent.</summary>
    /// <param name="Dn">
    /// The entry's name now: <c>uid={{user}},ou=people,dc=example,dc=org</c>. Values come from <paramref name="Parameters"/>, or
    /// the whole name from an earlier operation.
    /// </param>
    /// <param name="NewName">The first part of its new name: <c>uid={{user}}</c>. The default value is the one that it has.</param>
    /// <param name="NewParent">The entry that it is moved below, with everything below itself. The default value is where it is.</param>
    /// <param name="KeepOldName">
    /// Whether the value of the old name stays among the entry's attributes. The default value is false.
    /// </param>
    /// <param name="Parameters">Values for the places <c>{{name}}</c> in the names. None may be empty, and all must be used.</param>
    /// <param name="MissingError">Code of the BPMN error that is raised when there is no such entry, or no such parent.</param>
    /// <param name="ExistsError">Code of the BPMN error that is raised when there is an entry of the new name already.</param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Dn,
        string? NewName = null,
        string? NewParent = null,
        bool KeepOldName = false,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        string? MissingError = null,
        string? ExistsError = null,
        string Server = "default"
    );

    /// <summary>What it is called now.</summary>
    /// <param name="Dn">The entry's new name, escaped where that is needed.</param>
    public sealed record Output(string Dn);

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
        var parameters = new Parameters(input.Parameters);
        var old = EntryName.Read(server, input.Dn, "dn", parameters);
        var name = input.NewName is null ? old.Parts[0] : NewName(input.NewName, parameters);
        var parent = input.NewParent is null ? null : EntryName.Read(server, input.NewParent, "newParent", parameters);
        parameters.CheckAllUsed();
        if (input.NewName is null && parent is null)
            throw InvalidInput.At(
                "newName and newParent",
                "are both missing. Say what the entry's new name or place is."
            );
        var renamed = new DistinguishedName([name, .. (parent?.Parts ?? old.Parts.Skip(1))]);
        server.Allow(renamed, "newName");
        var result = await sessions.ChangeAsync(
            server,
            LdapRequests.Rename(
                old.ToString(),
                DistinguishedName.Text(name),
                deleteOldName: !input.KeepOldName,
                parent?.ToString()
            ),
            cancellation
        );
        return result.Code switch
        {
            ResultCode.Success => new Output(renamed.ToString()),
            ResultCode.NoSuchObject when input.MissingError is { } code => throw MissingEntry.Business(
                code,
                $"There is no entry '{old}', or nothing where it should go.",
                old
            ),
            ResultCode.EntryAlreadyExists when input.ExistsError is { } code => throw MissingEntry.Business(
                code,
                $"There is an entry '{renamed}' already.",
                renamed
            ),
            _ => throw ResultErrors.OfChange(server.Target, $"to rename '{old}' to '{renamed}'", result),
        };
    }

    private static IReadOnlyList<NameValue> NewName(string text, Parameters parameters)
    {
        var name = NameReader.Read(text, "newName", parameters);
        return name.Parts.Count == 1
            ? name.Parts[0]
            : throw InvalidInput.At(
                "newName",
                "must be the first part of a name, e.g. uid=ada. Name its place in newParent."
            );
    }
}
