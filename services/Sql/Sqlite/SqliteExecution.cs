using System.Globalization;
using System.Text.Json;
using Integration.Sql.Running;
using Integration.Sql.Values;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integration.Sql.Sqlite;

/// <summary>One statement on SQLite, and its rows by what SQLite stores: integers, floats, texts, bytes, nulls.</summary>
internal static class SqliteExecution
{
    public static (StatementResult Result, int Bytes) Run(
        SqliteConnection connection,
        StatementCall call,
        IReadOnlyDictionary<string, byte[]> contents,
        TransactionWork limits,
        CancellationToken cancellation
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = call.Text.With(name => "$" + name);
        foreach (var name in call.Text.Parameters)
            command.Parameters.AddWithValue("$" + name, Value(name));
        using var reader = command.ExecuteReader();
        if (reader.FieldCount == 0)
            return (new StatementResult(Math.Max(0, reader.RecordsAffected), null), 0);

        if (limits.Export is { Form: ExportForm.Value } export)
            return (SqliteValue.Save(reader, export, cancellation), 0);
        using var rows = limits.Rows();
        var names = ColumnNames.Of(reader);
        for (var count = 0; reader.Read(); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (count == limits.MaxRows)
                return limits.MayTruncate ? (rows.End(0, truncated: true), rows.Bytes) : throw limits.TooManyRows();
            rows.Json.WriteStartObject();
            for (var i = 0; i < names.Length; i++)
            {
                rows.Json.WritePropertyName(names[i]);
                WriteValue(rows.Json, reader, i);
                rows.CheckSize();
            }

            rows.Json.WriteEndObject();
            rows.EndRowAsync(cancellation).AsTask().GetAwaiter().GetResult();
        }

        return (rows.End(Math.Max(0, reader.RecordsAffected), truncated: false), rows.Bytes);

        object Value(string name) =>
            contents.TryGetValue(name, out var content)
                ? SqliteFiles.Of(call.Values[name].Type, content, call.Values[name].Field)
                : SqliteParameters.Of(call.Values[name]);
    }

    private static void WriteValue(Utf8JsonWriter json, SqliteDataReader reader, int column)
    {
        var declared = raw.sqlite3_column_decltype(reader.Handle, column).utf8_to_string() ?? "";
        switch (reader.GetValue(column))
        {
            case DBNull:
                json.WriteNullValue();
                break;
            case long number when number is 0 or 1 && Is(declared, "BOOL"):
                json.WriteBooleanValue(number == 1);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                JsonNumber.WriteFloat(json, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case string text when Is(declared, "JSON"):
                JsonText.Write(json, text);
                break;
            case var other:
                json.WriteStringValue((string)other);
                break;
        }
    }

    private static bool Is(string declared, string type) =>
        declared.StartsWith(type, StringComparison.OrdinalIgnoreCase);
}
