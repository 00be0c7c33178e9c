using Integration.Storage.Parameters;
using Npgsql;
using NpgsqlTypes;

namespace Integration.Storage.PostgreSql;

/// <summary>
/// A statement with its parameters by position: names would make the driver read and rewrite the text on every execution.
/// </summary>
internal sealed class PostgreSqlStatement<T>
{
    private readonly string _sql;
    private readonly (Func<T, object?> Value, NpgsqlDbType Type)[] _parameters;

    public PostgreSqlStatement(string sql)
    {
        var read = SqlParameters.Read(sql);
        _sql = read.Positional;
        _parameters =
        [
            .. read
                .Names.Select(ParameterProperties<T>.Find)
                .Select(property =>
                    (ParameterProperties<T>.Value(property), PostgreSqlTypes.Of(property.PropertyType))
                ),
        ];
    }

    public NpgsqlBatchCommand With(T row)
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var (value, type) in _parameters)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value(row) ?? DBNull.Value });
        return command;
    }
}
