using System.Data;
using Integration.Sdk;
using Integration.Sql.Running;
using Integration.Sql.Statements;
using Integration.Sql.Values;
using Npgsql;
using Npgsql.PostgresTypes;
using NpgsqlTypes;

namespace Integration.Sql.PostgreSql;

/// <summary>
/// One statement. Values go and come as texts, which the server itself turns into its types and back: nothing is rounded
/// on the way, and types that only the server knows work as well.
/// </summary>
internal static class PostgreSqlExecution
{
    /// <returns>What came of it, and how many bytes of JSON that is.</returns>
    public static async Task<(StatementResult Result, int Bytes)> RunAsync(
        NpgsqlConnection connection,
        StatementCall call,
        TransactionWork limits,
        CancellationToken cancellation
    )
    {
        await using var command = Command(connection, call);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        if (reader.FieldCount == 0)
            return (new StatementResult(Math.Max(0, reader.RecordsAffected), null), 0);

        using var rows = new RowWriter(limits.MaxBytes);
        var names = ColumnNames.Of(reader);
        var types = Enumerable.Range(0, reader.FieldCount).Select(reader.GetPostgresType).ToArray();
        var count = 0;
        try
        {
            while (await reader.ReadAsync(cancellation))
            {
                if (count == limits.MaxRows)
                    return limits.MayTruncate ? Truncated() : throw TooManyRows(limits.MaxRows);
                await WriteRowAsync(rows, reader, names, types, cancellation);
                count++;
            }
        }
        catch (VolumetricErrorException)
        {
            command.Cancel();
            throw;
        }

        await reader.CloseAsync();
        return (new StatementResult(Math.Max(0, reader.RecordsAffected), rows.End()), limits.MaxBytes - rows.BytesLeft);

        (StatementResult, int) Truncated()
        {
            // Otherwise all further rows would be sent, only to be thrown away.
            command.Cancel();
            return (new StatementResult(0, rows.End(), Truncated: true), limits.MaxBytes - rows.BytesLeft);
        }
    }

    private static VolumetricErrorException TooManyRows(int most) =>
        new(
            "too-many-rows",
            $"There are more than {most} rows. Select fewer, set maxRows to take only the first, or raise Sql__MaxRows."
        );

    private static NpgsqlCommand Command(NpgsqlConnection connection, StatementCall call)
    {
        var names = call.Text.Parameters.ToList();
        var command = new NpgsqlCommand(
            call.Text.With(name => Placeholder(names.IndexOf(name) + 1, call.Values[name].Type)),
            connection
        )
        {
            AllResultTypesAreUnknown = true,
        };
        foreach (var name in names)
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    NpgsqlDbType = NpgsqlDbType.Unknown,
                    Value = (object?)PostgreSqlText.Of(call.Values[name]) ?? DBNull.Value,
                }
            );
        return command;
    }

    private static string Placeholder(int number, ParameterType type) =>
        type.Name.Length == 0 ? $"${number}" : $"(${number}::{type.Cast})";

    private static async Task WriteRowAsync(
        RowWriter rows,
        NpgsqlDataReader reader,
        string[] names,
        PostgresType[] types,
        CancellationToken cancellation
    )
    {
        rows.Json.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
        {
            rows.Json.WritePropertyName(names[i]);
            if (await reader.IsDBNullAsync(i, cancellation))
                rows.Json.WriteNullValue();
            else
                PostgreSqlJson.Write(rows.Json, types[i], await TextAsync(reader, i, rows, cancellation));
            rows.CheckSize();
        }

        rows.Json.WriteEndObject();
        rows.CheckSize();
    }

    /// <summary>No more of a value than fits is read, however large it is.</summary>
    private static async Task<string> TextAsync(
        NpgsqlDataReader reader,
        int column,
        RowWriter rows,
        CancellationToken cancellation
    )
    {
        using var text = await reader.GetTextReaderAsync(column, cancellation);
        // In hexadecimal, bytes take half as much again as in base64.
        var most = checked(rows.BytesLeft * 2) + 16;
        var buffer = new char[Math.Min(most, 4096)];
        var length = 0;
        while (true)
        {
            var read = await text.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
                return new string(buffer, 0, length);
            length += read;
            if (length < buffer.Length)
                continue;
            if (length >= most)
                throw RowWriter.TooLarge(rows.BytesLeft);
            Array.Resize(ref buffer, Math.Min(most, buffer.Length * 2));
        }
    }
}
