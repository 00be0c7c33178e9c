using System.Runtime.InteropServices;
using Integration.Storage.Parameters;
using Microsoft.Data.Sqlite;

namespace Integration.Storage.Sqlite;

/// <summary>
/// The prepared statements of the writing connection: hot paths execute the same few texts again and again, and
/// preparing one costs about as much as executing it.
/// </summary>
internal sealed class SqliteCommands(SqliteConnection connection) : IDisposable
{
    /// <summary>More texts than any service has. Code that generates SQL per call starts over and does not run out of memory.</summary>
    private const int Most = 128;

    private readonly Dictionary<(string Sql, Type Parameters), IDisposable> _commands = [];

    public SqliteCommandOf<T> Get<T>(string sql)
    {
        if (_commands.TryGetValue((sql, typeof(T)), out var known))
            return (SqliteCommandOf<T>)known;
        if (_commands.Count == Most)
            Dispose();
        var command = new SqliteCommandOf<T>(connection, sql);
        _commands.Add((sql, typeof(T)), command);
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }
}

/// <summary>One prepared statement whose parameters are filled from objects of one type.</summary>
internal sealed class SqliteCommandOf<T> : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly Func<T, object?>[] _values;

    public SqliteCommandOf(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        var names = SqlParameters.Read(sql).Names;
        _values = [.. names.Select(Value)];
        foreach (var name in names)
            _command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
    }

    /// <summary>The command, ready to be executed for <paramref name="row"/>.</summary>
    public SqliteCommand With(SqliteTransaction transaction, T row)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < _values.Length; i++)
            _command.Parameters[i].Value = _values[i](row) ?? DBNull.Value;
        return _command;
    }

    public void Dispose() => _command.Dispose();

    private static Func<T, object?> Value(string name)
    {
        var property = ParameterProperties<T>.Find(name);
        var value = ParameterProperties<T>.Value(property);
        return
            property.PropertyType == typeof(ReadOnlyMemory<byte>)
            || property.PropertyType == typeof(ReadOnlyMemory<byte>?)
            ? row => value(row) is ReadOnlyMemory<byte> bytes ? ArrayOf(bytes) : null
            : value;
    }

    /// <summary>SQLite binds whole arrays only; a slice must be copied.</summary>
    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var whole) && whole.Offset == 0 && whole.Count == whole.Array!.Length
            ? whole.Array
            : bytes.ToArray();
}
