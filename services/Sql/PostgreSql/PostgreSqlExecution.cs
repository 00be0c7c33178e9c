using System.Data;
using Integration.Errors;
using Integration.Files;
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
        IFileStores files,
        CancellationToken cancellation
    )
    {
        await using var contents = await FileContents.OpenAsync(call, files, cancellation);
        await using var command = Command(connection, call, contents);
        await using var reader = await contents.GuardAsync(() =>
            command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation)
        );
        if (reader.FieldCount == 0)
            return (new StatementResult(Math.Max(0, reader.RecordsAffected), null), 0);
        try
        {
            return limits.Export is { Form: ExportForm.Value } export
                ? (await PostgreSqlValue.SaveAsync(reader, export, cancellation), 0)
                : await ReadAsync(command, reader, limits, cancellation);
        }
        catch (Exception e) when (e is TaskErrorException or OperationCanceledException)
        {
            // Otherwise all that is left would be sent, only to be thrown away.
            command.Cancel();
            throw;
        }
    }

    private static async Task<(StatementResult Result, int Bytes)> ReadAsync(
        NpgsqlCommand command,
        NpgsqlDataReader reader,
        TransactionWork limits,
        CancellationToken cancellation
    )
    {
        using var rows = limits.Rows();
        var names = ColumnNames.Of(reader);
        var types = Enumerable.Range(0, reader.FieldCount).Select(reader.GetPostgresType).ToArray();
        for (var count = 0; await reader.ReadAsync(cancellation); count++)
        {
            if (count == limits.MaxRows)
            {
                if (!limits.MayTruncate)
                    throw limits.TooManyRows();
                command.Cancel();
                return (rows.End(0, truncated: true), rows.Bytes);
            }

            await WriteRowAsync(rows, reader, names, types, cancellation);
        }

        await reader.CloseAsync();
        return (rows.End(Math.Max(0, reader.RecordsAffected), truncated: false), rows.Bytes);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, StatementCall call, FileContents contents)
    {
        var names = call.Text.Parameters.ToList();
        var command = new NpgsqlCommand(
            call.Text.With(name => Placeholder(names.IndexOf(name) + 1, call.Values[name])),
            connection
        )
        {
            AllResultTypesAreUnknown = true,
        };
        foreach (var name in names)
            command.Parameters.Add(
                contents.Find(name) is { } content
                    ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = content }
                    : new NpgsqlParameter
                    {
                        NpgsqlDbType = NpgsqlDbType.Unknown,
                        Value = (object?)PostgreSqlText.Of(call.Values[name]) ?? DBNull.Value,
                    }
            );
        return command;
    }

    // The driver streams bytes only, so a text goes as its bytes, and the server looks whether they are UTF-8.
    private static string Placeholder(int number, BoundValue value) =>
        value switch
        {
            { File: not null, Type.Kind: ParameterKind.Text } =>
                $"(convert_from(${number}, 'UTF8')::{value.Type.Cast})",
            { Type.Name.Length: 0 } => $"${number}",
            _ => $"(${number}::{value.Type.Cast})",
        };

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
        await rows.EndRowAsync(cancellation);
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
                throw rows.TooLarge();
            Array.Resize(ref buffer, Math.Min(most, buffer.Length * 2));
        }
    }
}
