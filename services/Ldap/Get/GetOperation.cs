using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Ldap.Filters;
using Integration.Ldap.Inputs;
using Integration.Ldap.Protocol;
using Integration.Ldap.Search;
using Integration.Ldap.Servers;
using Integration.Ldap.Values;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Get;

/// <summary>Fetches an entry of a directory by its name.</summary>
[Operation("ldap.get", Version = 1, Effect = Effect.Read)]
[RaisesFrom(typeof(MissingEntry))]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(DirectorySearch))]
[RaisesFrom(typeof(AnswerBudget))]
[RaisesFrom(typeof(FileErrors))]
internal sealed class GetOperation(
    LdapServers servers,
    DirectorySearch search,
    IFileStores files,
    IOptions<LdapOptions> options
) : Operation<GetOperation.Input, GetOperation.Output>
{
    /// <summary>Which entry.</summary>
    /// <param name="Dn">
    /// Its name: <c>uid={{user}},ou=people,dc=example,dc=org</c>. Values come from <paramref name="Parameters"/>, or the whole
    /// name from an earlier operation.
    /// </param>
    /// <param name="Parameters">Values for the places <c>{{name}}</c> in the name. None may be empty, and all must be used.</param>
    /// <param name="Attributes">
    /// The attributes that are handed out; <c>*</c> stands for all that are not operational, <c>+</c> for those that are. The
    /// default value is <c>*</c>.
    /// </param>
    /// <param name="MissingError">Code of the BPMN error that is raised when there is no such entry.</param>
    /// <param name="FileStore">A file store that values of bytes are saved to. The default value is none: they come in base64.</param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Dn,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        IReadOnlyList<string>? Attributes = null,
        string? MissingError = null,
        string? FileStore = null,
        string Server = "default"
    );

    /// <summary>The entry.</summary>
    /// <param name="Dn">Its name, as the server writes it.</param>
    /// <param name="Attributes">
    /// The values of each attribute that are texts, always as a list. Names are written as the task wrote them.
    /// </param>
    /// <param name="Binary">The values of each attribute that are bytes, in base64, always as a list.</param>
    /// <param name="Files">The same as file references, when a file store was named.</param>
    public sealed record Output(
        string Dn,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Binary = null,
        IReadOnlyDictionary<string, IReadOnlyList<FileReference>>? Files = null
    );

    /// <summary>With <c>fileStore</c> a repeated task saves further files.</summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.FileStore is null ? declared : Effect.Idempotent;
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
        var name = EntryName.Read(server, input.Dn, input.Parameters);
        var query = new SearchQuery(
            name.ToString(),
            SearchScope.Entry,
            Filter.Everything,
            AttributeNames.Wanted(server, input.Attributes)
        );
        var wanted = new WantedEntries(query, 1, MayTruncate: true, 1, options.Value.AnswerTimeout);
        LdapEntry? found = null;
        await MissingEntry.AsBusinessErrorAsync(
            input.MissingError,
            name,
            async () =>
            {
                await search.RunAsync(
                    server,
                    wanted,
                    entry =>
                    {
                        found = entry;
                        return ValueTask.CompletedTask;
                    },
                    cancellation
                );
                // There, but we may not see it: for us it is not there.
                return found ?? throw MissingEntry.Of(server.Target, name);
            }
        );
        return await DeliverAsync(
            new EntryWriter(server, query.Attributes).Write(found!),
            input.FileStore,
            cancellation
        );
    }

    private async Task<Output> DeliverAsync(FoundEntry entry, string? store, CancellationToken cancellation)
    {
        var saved = store is null || entry.Binary is null ? null : await SaveAsync(entry.Binary, store, cancellation);
        var delivered = saved is null ? entry : entry with { Binary = null };
        new AnswerBudget(options.Value.MaxAnswerBytes).Take(delivered);
        return new Output(delivered.Dn, delivered.Attributes, delivered.Binary, saved);
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<FileReference>>> SaveAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values,
        string store,
        CancellationToken cancellation
    )
    {
        var saved = new Dictionary<string, IReadOnlyList<FileReference>>(StringComparer.Ordinal);
        foreach (var (attribute, contents) in values)
        {
            var references = new List<FileReference>();
            foreach (var content in contents)
            {
                await using var stream = new MemoryStream(Convert.FromBase64String(content), writable: false);
                var type = attribute.Equals("jpegPhoto", StringComparison.OrdinalIgnoreCase) ? "image/jpeg" : null;
                references.Add(await files.SaveAsync(store, stream, attribute, type, cancellation));
            }

            saved[attribute] = references;
        }

        return saved;
    }
}
