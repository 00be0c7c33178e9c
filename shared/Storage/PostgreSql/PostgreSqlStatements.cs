using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;

namespace Integration.Storage.PostgreSql;

/// <summary>The statements that were executed before; hot paths execute the same few again and again.</summary>
internal sealed class PostgreSqlStatements
{
    /// <summary>As on SQLite: more than any service has.</summary>
    private const int Most = 128;

    private readonly ConcurrentDictionary<(string Sql, Type Parameters), object> _statements = new();

    /// <summary>One execution per row, all of them in one round trip.</summary>
    public NpgsqlBatch Batch<T>(DbTransaction transaction, string sql, IReadOnlyList<T> rows)
    {
        var open = (NpgsqlTransaction)transaction;
        var batch = new NpgsqlBatch(open.Connection, open);
        var statement = Get<T>(sql);
        foreach (var row in rows)
            batch.BatchCommands.Add(statement.With(row));
        return batch;
    }

    private PostgreSqlStatement<T> Get<T>(string sql)
    {
        if (_statements.TryGetValue((sql, typeof(T)), out var known))
            return (PostgreSqlStatement<T>)known;
        if (_statements.Count >= Most)
            _statements.Clear();
        var statement = new PostgreSqlStatement<T>(sql);
        _statements[(sql, typeof(T))] = statement;
        return statement;
    }
}
