using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Ldap.Filters;
using Integration.Ldap.Inputs;
using Integration.Ldap.Names;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Values;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Search;

/// <summary>Finds entries of a directory.</summary>
/// <remarks>
/// All pages are read on one connection, and either all entries are handed out or the first ones up to a limit that the task
/// sets. A page is not handed out with a way to the next one: what leads there is good on its connection only.
/// </remarks>
[Operation("ldap.search", Version = 1, Effect = Effect.Read)]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(DirectorySearch))]
[RaisesFrom(typeof(AnswerBudget))]
[RaisesFrom(typeof(FileErrors))]
internal sealed class SearchOperation(
    LdapServers servers,
    DirectorySearch search,
    IFileStores files,
    IOptions<LdapOptions> options
) : Operation<SearchOperation.Input, SearchOperation.Output>
{
    private readonly LdapOptions _options = options.Value;

    /// <summary>What to look for, and where.</summary>
    /// <param name="Filter">
    /// As RFC 4515 writes it: <c>(&amp;(objectClass=person)(uid={{user}}))</c>. Values come from <paramref name="Parameters"/>; a
    /// <c>*</c> beside a place looks for what begins or ends with its value. The default value finds every entry.
    /// </param>
    /// <param name="Parameters">
    /// Values for the places <c>{{name}}</c> in filter and base: texts, numbers, true or false, <c>{"base64": …}</c> for bytes.
    /// None may be empty, and all must be used.
    /// </param>
    /// <param name="Base">The entry where the search begins. The default value is the server's base.</param>
    /// <param name="Scope">
    /// The base and everything below it, only its direct children, or only the base itself.
    /// </param>
    /// <param name="Attributes">
    /// The attributes that are handed out; <c>*</c> stands for all that are not operational, <c>+</c> for those that are, and
    /// <c>1.1</c> for none. The default value is <c>*</c>.
    /// </param>
    /// <param name="Limit">
    /// How many entries are enough. When there are more, the output says so. The default value is none: all of them, and when
    /// there are more than the service hands out, the task fails instead of leaving some out.
    /// </param>
    /// <param name="PageSize">How many entries are asked for at once. The default value is that of the service, 500.</param>
    /// <param name="TimeLimit">Seconds for the whole search. The default value is that of the service, 60.</param>
    /// <param name="FileStore">
    /// A file store that the entries are written into, one JSON object on each line, when they are too many for an event.
    /// </param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Filter = "(objectClass=*)",
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        string? Base = null,
        SearchScope Scope = SearchScope.Subtree,
        IReadOnlyList<string>? Attributes = null,
        [property: Range(1, int.MaxValue, ErrorMessage = "inputs.limit must be 1 or more.")] int? Limit = null,
        [property: Range(1, 10_000, ErrorMessage = "inputs.pageSize must be between 1 and 10000.")]
            int? PageSize = null,
        double? TimeLimit = null,
        string? FileStore = null,
        string Server = "default"
    );

    /// <summary>What was found.</summary>
    /// <param name="Entries">The entries, in the order of the server. Without them when they are in a file.</param>
    /// <param name="Count">How many entries were handed out.</param>
    /// <param name="Complete">False when there are more than the task's limit.</param>
    /// <param name="Referrals">Addresses of other servers that know more of the tree; they are not followed.</param>
    /// <param name="File">The entries as a file, one JSON object on each line.</param>
    public sealed record Output(
        IReadOnlyList<FoundEntry>? Entries,
        int Count,
        bool Complete,
        IReadOnlyList<string>? Referrals = null,
        FileReference? File = null
    );

    /// <summary>With <c>fileStore</c> a repeated search saves a further file.</summary>
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
        var wanted = Read(server, input);
        var writer = new EntryWriter(server, wanted.Query.Attributes);
        if (input.FileStore is { } store)
        {
            files.Require(store);
            var (found, file) = await EntryFile.SaveAsync(
                files,
                store,
                take => search.RunAsync(server, wanted, entry => take(writer.Write(entry)), cancellation),
                cancellation
            );
            return new Output(null, found.Count, found.Complete, found.Referrals, file);
        }

        var budget = new AnswerBudget(_options.MaxAnswerBytes);
        var entries = new List<FoundEntry>();
        var outcome = await search.RunAsync(
            server,
            wanted,
            entry =>
            {
                var written = writer.Write(entry);
                budget.Take(written);
                entries.Add(written);
                return ValueTask.CompletedTask;
            },
            cancellation
        );
        return new Output(entries, outcome.Count, outcome.Complete, outcome.Referrals);
    }

    private WantedEntries Read(LdapServer server, Input input)
    {
        var parameters = new Parameters(input.Parameters);
        var place = input.Base is null ? server.Base : NameReader.Read(input.Base, "base", parameters);
        var filter = FilterReader.Read(input.Filter, "filter", parameters);
        parameters.CheckAllUsed();
        foreach (var attribute in filter.Attributes)
            AttributeNames.CheckVisible(server, attribute, "filter");
        var most = input.FileStore is null ? _options.MaxEntries : _options.MaxFileEntries;
        if (input.Limit > most)
            throw InvalidInput.At(
                "limit",
                $"must be at most {most}; {(input.FileStore is null ? "Ldap__MaxEntries" : "Ldap__MaxFileEntries")} sets the bound."
            );
        return new WantedEntries(
            new SearchQuery(
                server.Allow(place, "base").ToString(),
                input.Scope,
                filter,
                AttributeNames.Wanted(server, input.Attributes)
            ),
            input.Limit ?? most,
            MayTruncate: input.Limit is not null,
            input.PageSize ?? _options.PageSize,
            TimeLimit(input.TimeLimit)
        );
    }

    private TimeSpan TimeLimit(double? seconds) =>
        seconds is null ? _options.SearchTimeout
        : seconds > 0 && seconds <= _options.MaxSearchTimeout.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value)
        : throw InvalidInput.At(
            "timeLimit",
            $"must be more than 0 and at most {_options.MaxSearchTimeout.TotalSeconds:0} seconds; Ldap__MaxSearchTimeout sets the bound."
        );
}
