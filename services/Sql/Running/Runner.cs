using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Integration.Sql.PostgreSql;
using Integration.Sql.Settings;
using Integration.Sql.Statements;
using Integration.Sql.Values;
using Microsoft.Extensions.Options;

namespace Integration.Sql.Running;

/// <summary>Finds what a task means, and runs it in one transaction.</summary>
[RaisesFrom(typeof(StatementCatalog))]
[RaisesFrom(typeof(FailureErrors))]
[RaisesFrom(typeof(ConnectionErrors))]
[RaisesFrom(typeof(Secret))]
[RaisesFrom(typeof(ColumnNames))]
[RaisesFrom(typeof(RowWriter))]
[RaisesFrom(typeof(TransactionWork))]
[RaisesFrom(typeof(FileLimits))]
[RaisesFrom(typeof(S3Files))]
[Raises(
    ErrorCategory.Access,
    "free-sql-refused",
    "The connection does not allow SQL of tasks.",
    "Use a named statement, or set `FreeSql` of the connection."
)]
public sealed class Runner
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly StatementCatalog _catalog;
    private readonly Databases _databases;
    private readonly IFileStores _files;
    private readonly SqlOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;

    internal Runner(
        StatementCatalog catalog,
        Databases databases,
        IFileStores files,
        IOptions<SqlOptions> options,
        TimeProvider time,
        Random random
    ) =>
        (_catalog, _databases, _files, _options, _time, _random) = (
            catalog,
            databases,
            files,
            options.Value,
            time,
            random
        );

    internal Statement? Find(string name) => _catalog.Find(name);

    /// <summary>The connection as a target: calls to one database share its limits. What is not known is refused later.</summary>
    internal string? Target(string? statement, string? connection) =>
        (statement is null ? connection ?? "default" : Find(statement)?.Connection) is { } name
            ? $"sql connection {name.ToLowerInvariant()}"
            : null;

    /// <summary>A named statement that is a text, or SQL that the task brings.</summary>
    internal (string Connection, StatementCall Call) Bind(Wanted wanted)
    {
        var place = wanted.Place;
        if (wanted.Statement is null == wanted.Sql is null)
            throw InvalidInput.At(
                $"{place}statement",
                wanted.Sql is null ? "is missing. Name a statement." : "is given beside sql. Keep one of them."
            );
        return wanted.Sql is null ? BindNamed(wanted) : BindFree(wanted, wanted.Sql);
    }

    /// <summary>A function or procedure.</summary>
    internal (Statement Statement, StatementCall Call) BindRoutine(
        string name,
        IReadOnlyDictionary<string, JsonElement>? values
    )
    {
        var statement = _catalog.Get(name);
        return statement.Body is RoutineBody
            ? (statement, Binder.Bind(statement, values, "parameters"))
            : throw InvalidInput.At(
                "routine",
                $"names '{name}', which is no routine but SQL. Use sql.query or sql.execute."
            );
    }

    /// <summary>How many rows a task gets, and whether it asked for that itself.</summary>
    internal (int MaxRows, bool MayTruncate) Rows(int? wanted, bool toFile = false)
    {
        var (most, setting) = toFile
            ? (_options.MaxFileRows, nameof(SqlOptions.MaxFileRows))
            : (_options.MaxRows, nameof(SqlOptions.MaxRows));
        if (wanted is { } rows && (rows < 1 || rows > most))
            throw InvalidInput.At("maxRows", $"must be between 1 and {most}; Sql__{setting} sets the bound.");
        return (wanted ?? most, wanted is not null);
    }

    internal Task<IReadOnlyList<StatementResult>> RunAsync(
        string connection,
        IReadOnlyList<StatementCall> calls,
        bool readOnly,
        (int MaxRows, bool MayTruncate) rows,
        CancellationToken cancellation
    )
    {
        var work = Work(connection, calls, readOnly, rows);
        return RepeatAsync(() => _databases.Get(connection).RunAsync(work, cancellation));
    }

    /// <summary>Reads into a file store.</summary>
    internal Task<(FileReference File, StatementResult Result)> SaveAsync(
        string connection,
        StatementCall call,
        (int MaxRows, bool MayTruncate) rows,
        FileWanted wanted,
        CancellationToken cancellation
    )
    {
        var work = Work(connection, [call], readOnly: true, rows);
        var saving = new SavedQuery(_databases.Get(connection), _files);
        return RepeatAsync(() =>
        {
            var export = new Export(wanted.Form, _options.MaxRowBytes);
            return saving.RunAsync(work with { Export = export }, export, wanted, cancellation);
        });
    }

    private TransactionWork Work(
        string connection,
        IReadOnlyList<StatementCall> calls,
        bool readOnly,
        (int MaxRows, bool MayTruncate) rows
    )
    {
        var settings = _databases.Settings(connection);
        FileLimits.Check(calls, settings.Provider, _options);
        return new TransactionWork(
            calls,
            readOnly || settings.ReadOnly,
            rows.MaxRows,
            rows.MayTruncate,
            _options.MaxAnswerBytes
        );
    }

    private async Task<T> RepeatAsync<T>(Func<Task<T>> run)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (TaskErrorException e) when (attempt < _options.Retries && FailureErrors.IsOfOthers(e))
            {
                // Undone by the database, so nothing was changed, whatever the effect.
                await Task.Delay(_pause * (1 << attempt) * (0.5 + _random.NextDouble()), _time, CancellationToken.None);
            }
            catch (OperationCanceledException e)
            {
                // A commit is never cancelled, and whatever came before it is undone.
                throw new CancelledWithoutEffectException(e);
            }
            catch (Exception e) when (e is not TaskErrorException)
            {
                // Undone, too: what a commit may leave open is reported by a typed error.
                throw ExceptionClassifier.Classify(e).WithoutEffect();
            }
        }
    }

    private (string, StatementCall) BindNamed(Wanted wanted)
    {
        if (wanted.Types is not null)
            throw InvalidInput.At($"{wanted.Place}types", "belongs to sql. A named statement has its own.");
        if (wanted.Connection is not null)
            throw InvalidInput.At("connection", "belongs to sql. A named statement has its own.");
        var statement = _catalog.Get(wanted.Statement!);
        return statement.Body is TextBody
            ? (statement.Connection, Binder.Bind(statement, wanted.Parameters, $"{wanted.Place}parameters"))
            : throw InvalidInput.At(
                $"{wanted.Place}statement",
                $"names '{statement.Name}', which is a function or procedure. Use sql.call."
            );
    }

    private (string, StatementCall) BindFree(Wanted wanted, string sql)
    {
        var name = wanted.Connection ?? "default";
        var connection = _databases.Settings(name);
        if (!connection.FreeSql)
            throw new AccessErrorException(
                "free-sql-refused",
                $"Tasks may not bring their own SQL to the connection '{name}'. Use a named statement, or set "
                    + $"Sql__Connections__{name}__FreeSql=true."
            )
            {
                Target = name,
            };
        SqlText text;
        try
        {
            text = SqlTextReader.Read(sql, connection.Provider);
        }
        catch (SqlTextException e)
        {
            throw InvalidInput.At($"{wanted.Place}sql", e.Message);
        }

        var timeout = connection.StatementTimeout ?? _options.StatementTimeout;
        return (name, Binder.Bind(text, wanted.Parameters, wanted.Types, timeout, wanted.Place));
    }
}

/// <summary>What a task wants to be run.</summary>
/// <param name="Place">Where it stands in the inputs: empty, or e.g. <c>steps[0].</c></param>
internal sealed record Wanted(
    string? Statement,
    string? Sql,
    IReadOnlyDictionary<string, JsonElement>? Parameters,
    IReadOnlyDictionary<string, string>? Types,
    string? Connection,
    string Place = ""
);
