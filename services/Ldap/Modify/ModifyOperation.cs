using System.Text.Json;
using Integration.Errors;
using Integration.Ldap.Inputs;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;
using Integration.Sdk;

namespace Integration.Ldap.Modify;

/// <summary>Changes attributes of an entry of a directory: all of the changes are made, or none.</summary>
[Operation("ldap.modify", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(MissingEntry))]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(LdapErrors))]
[RaisesFrom(typeof(AttributeReader))]
internal sealed class ModifyOperation(
    LdapServers servers,
    LdapSessions sessions,
    PermissiveChanges permissive,
    AttributeReader reader
) : Operation<ModifyOperation.Input, ModifyOperation.Output>
{
    /// <summary>What to change. At least one of replace, add, remove and increment.</summary>
    /// <param name="Dn">
    /// The entry's name: <c>uid={{user}},ou=people,dc=example,dc=org</c>. Values come from <paramref name="Parameters"/>, or the
    /// whole name from an earlier operation.
    /// </param>
    /// <param name="Replace">
    /// Attributes with the values that they have afterwards; an empty list removes the attribute. A value is a text, a number,
    /// true or false, <c>{"base64": …}</c> for bytes, a file reference, or a list of these. Passwords as <c>{{secrets.NAME}}</c>.
    /// </param>
    /// <param name="Add">Attributes with values that are added to those that are there.</param>
    /// <param name="Remove">Attributes with values that are removed; an empty list removes the attribute, which must be there.</param>
    /// <param name="Increment">
    /// Attributes with the whole number that is added to theirs. Few servers know it (RFC 4525), and it cannot be repeated.
    /// </param>
    /// <param name="Permissive">
    /// Whether values may be added that are there already, and removed that are not. Makes adding and removing something that
    /// can be repeated. Active Directory and OpenLDAP know it. OpenLDAP forgives an attribute that is not there, and no value that is
    /// not: it is then asked which of the values to be removed are there (with Compare, for which the account needs the right), and
    /// those are removed, with all other changes at once. The default value is false.
    /// </param>
    /// <param name="Parameters">Values for the places <c>{{name}}</c> in the name. None may be empty, and all must be used.</param>
    /// <param name="MissingError">Code of the BPMN error that is raised when there is no such entry.</param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Dn,
        [property: MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Replace = null,
        [property: MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Add = null,
        [property: MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Remove = null,
        IReadOnlyDictionary<string, long>? Increment = null,
        bool Permissive = false,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        string? MissingError = null,
        string Server = "default"
    );

    /// <summary>What was changed.</summary>
    /// <param name="Dn">The entry's name, escaped where that is needed.</param>
    public sealed record Output(string Dn);

    /// <summary>With <c>replace</c> only, or with <c>permissive</c>, and without <c>increment</c>, it is repeated.</summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        var relative = input.Add is { Count: > 0 } || input.Remove is { Count: > 0 };
        return input.Increment is { Count: > 0 } || (relative && !input.Permissive) ? declared : Effect.Idempotent;
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
        var changes = await ChangesAsync(server, input, cancellation);
        var result = input.Permissive
            ? await permissive.ModifyAsync(server, name.ToString(), changes, cancellation)
            : await sessions.ChangeAsync(server, LdapRequests.Modify(name.ToString(), changes), cancellation);
        return result.Code switch
        {
            ResultCode.Success => new Output(name.ToString()),
            ResultCode.NoSuchObject when input.MissingError is { } code => throw MissingEntry.Business(
                code,
                $"There is no entry '{name}'.",
                name
            ),
            _ => throw ResultErrors.OfChange(server.Target, $"to change '{name}'", result),
        };
    }

    // In this order a value can be removed and another one added in its place.
    private async Task<IReadOnlyList<LdapChange>> ChangesAsync(
        LdapServer server,
        Input input,
        CancellationToken cancellation
    )
    {
        var changes = new List<LdapChange>();
        var budget = reader.Budget();
        foreach (
            var (kind, field, attributes) in new[]
            {
                (ChangeKind.Delete, "remove", input.Remove),
                (ChangeKind.Add, "add", input.Add),
                (ChangeKind.Replace, "replace", input.Replace),
            }
        )
        {
            foreach (var attribute in await reader.ReadAsync(server, attributes, field, budget, cancellation))
            {
                if (kind == ChangeKind.Add && attribute.Values.Count == 0)
                    throw InvalidInput.At($"add.{attribute.Name}", "has no values. Leave the attribute out.");
                changes.Add(new LdapChange(kind, attribute.Name, attribute.Values));
            }
        }

        foreach (var (attribute, number) in input.Increment ?? new Dictionary<string, long>())
        {
            AttributeNames.Check(attribute, $"increment.{attribute}");
            var value = System.Text.Encoding.UTF8.GetBytes($"{number}");
            changes.Add(new LdapChange(ChangeKind.Increment, attribute, [value]));
        }

        if (changes.Count == 0)
            throw InvalidInput.At("replace, add, remove and increment", "are all missing. Say what to change.");
        Check(changes);
        return changes;
    }

    private static void Check(List<LdapChange> changes)
    {
        var replaced = changes
            .Where(change => change.Kind is ChangeKind.Replace or ChangeKind.Increment)
            .Select(change => change.Attribute)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var same in changes.GroupBy(change => change.Attribute, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Count() > 1 && replaced.Contains(same.Key))
                throw InvalidInput.At(
                    $"replace.{same.Key}",
                    "is changed in another way as well. Say what its values are, or what is added and removed."
                );
        }
    }
}
