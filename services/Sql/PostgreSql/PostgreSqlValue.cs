using Integration.Sql.Running;
using Npgsql;
using Npgsql.PostgresTypes;

namespace Integration.Sql.PostgreSql;

/// <summary>The value of a query on its way into a file, piece by piece. Bytes come from the server in hexadecimal.</summary>
internal static class PostgreSqlValue
{
    private const int BufferSize = 64 * 1024;

    public static async Task<StatementResult> SaveAsync(
        NpgsqlDataReader reader,
        Export export,
        CancellationToken cancellation
    )
    {
        if (reader.FieldCount != 1)
            throw NotOneValue.Found($"{reader.FieldCount} columns");
        var type = reader.GetPostgresType(0);
        if (!await reader.ReadAsync(cancellation))
            return new StatementResult(0, null) { Exported = 0 };
        if (await reader.IsDBNullAsync(0, cancellation))
            throw NotOneValue.Found("null");
        await using (var value = await reader.GetStreamAsync(0, cancellation))
        {
            if (IsBytes(type))
                await CopyBytesAsync(value, export, cancellation);
            else
                await CopyTextAsync(value, export, cancellation);
        }

        return await reader.ReadAsync(cancellation)
            ? throw NotOneValue.Found("more than one row")
            : new StatementResult(0, null) { Exported = 1 };
    }

    private static bool IsBytes(PostgresType type) =>
        type is PostgresDomainType domain ? IsBytes(domain.BaseType) : type.InternalName == "bytea";

    private static async Task CopyTextAsync(Stream text, Export export, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await text.ReadAsync(buffer, cancellation) is var read and > 0)
            await export.WriteAsync(buffer.AsMemory(0, read), cancellation);
    }

    // \x and two digits for each byte.
    private static async Task CopyBytesAsync(Stream text, Export export, CancellationToken cancellation)
    {
        var digits = new byte[BufferSize];
        var bytes = new byte[BufferSize / 2];
        await text.ReadExactlyAsync(digits.AsMemory(0, 2), cancellation);
        while (true)
        {
            var read = await text.ReadAtLeastAsync(digits, digits.Length, throwOnEndOfStream: false, cancellation);
            Convert.FromHexString(digits.AsSpan(0, read), bytes, out _, out var length);
            await export.WriteAsync(bytes.AsMemory(0, length), cancellation);
            if (read < digits.Length)
                return;
        }
    }
}
