using Integration.Contracts;
using Integration.Errors;
using Integration.Sql.Settings;
using Microsoft.Extensions.Options;

namespace Integration.Sql.Statements;

/// <summary>The named statements of the service, from its settings and its folder.</summary>
[Raises(
    ErrorCategory.Data,
    "unknown-statement",
    "There is no statement of that name.",
    "Correct the name, or configure it."
)]
internal sealed class StatementCatalog
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.OrdinalIgnoreCase);

    public StatementCatalog(IOptions<SqlOptions> options)
    {
        foreach (var (name, place, read) in Sources(options.Value))
            _statements[name] = StatementReader.Read(name, place, read(), options.Value);
    }

    /// <summary>What is wrong with the configured statements.</summary>
    public static IEnumerable<string> Problems(SqlOptions options)
    {
        if (options.StatementsFolder.Length > 0 && !Directory.Exists(options.StatementsFolder))
        {
            yield return $"Sql__StatementsFolder: there is no folder '{options.StatementsFolder}'.";
            yield break;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, place, read) in Sources(options))
        {
            if (!names.Add(name))
                yield return $"{place}: the statement '{name}' exists twice. Rename one of them.";
            else if (Problem(name, place, read, options) is { } problem)
                yield return problem;
        }
    }

    /// <exception cref="DataErrorException">There is none of that name; code <c>unknown-statement</c>.</exception>
    public Statement Get(string name) =>
        Find(name)
        ?? throw new DataErrorException(
            "unknown-statement",
            _statements.Count == 0
                ? $"There is no statement '{name}': this service has none. Set Sql__Statements__{name}__Text."
                : $"There is no statement '{name}'. Known are: {string.Join(", ", _statements.Keys.Order(StringComparer.Ordinal).Take(50))}."
        )
        {
            Status = -1,
        };

    public Statement? Find(string name) => _statements.GetValueOrDefault(name);

    private static string? Problem(string name, string place, Func<StatementOptions> read, SqlOptions options)
    {
        try
        {
            StatementReader.Read(name, place, read(), options);
            return null;
        }
        catch (SqlTextException e)
        {
            return $"{place} {e.Message}";
        }
    }

    private static IEnumerable<(string Name, string Place, Func<StatementOptions> Read)> Sources(SqlOptions options)
    {
        foreach (var (name, statement) in options.Statements)
            yield return (name, $"Sql__Statements__{name}", () => statement);
        if (options.StatementsFolder.Length == 0)
            yield break;
        foreach (var file in Directory.EnumerateFiles(options.StatementsFolder, "*.sql").Order(StringComparer.Ordinal))
            yield return (Path.GetFileNameWithoutExtension(file), file, () => StatementFile.Read(file));
    }
}
