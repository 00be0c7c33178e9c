using NpgsqlTypes;

namespace Integration.Storage.PostgreSql;

/// <summary>The type of a parameter comes from its property, so that null has one too.</summary>
internal static class PostgreSqlTypes
{
    private static readonly Dictionary<Type, NpgsqlDbType> _types = new()
    {
        [typeof(string)] = NpgsqlDbType.Text,
        [typeof(long)] = NpgsqlDbType.Bigint,
        [typeof(int)] = NpgsqlDbType.Integer,
        [typeof(bool)] = NpgsqlDbType.Boolean,
        [typeof(double)] = NpgsqlDbType.Double,
        [typeof(byte[])] = NpgsqlDbType.Bytea,
        [typeof(ReadOnlyMemory<byte>)] = NpgsqlDbType.Bytea,
    };

    public static NpgsqlDbType Of(Type type) => _types[Nullable.GetUnderlyingType(type) ?? type];
}
