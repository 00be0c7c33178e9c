using System.Text;
using Integration.Errors;
using Integration.Files;
using Integration.Sql.Running;
using Integration.Sql.Statements;

namespace Integration.Sql.Sqlite;

/// <summary>The files that are values of one statement. SQLite takes a value only as a whole.</summary>
internal static class SqliteFiles
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <returns>By the name of the parameter.</returns>
    public static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(
        StatementCall call,
        IFileStores files,
        CancellationToken cancellation
    )
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Values)
        {
            if (value.File is not { } file)
                continue;
            var bytes = new byte[file.Size];
            await using var content = await files.OpenReadAsync(file, cancellation);
            await content.ReadExactlyAsync(bytes, cancellation);
            contents[name] = bytes;
        }

        return contents;
    }

    /// <summary>As the driver wants it for a parameter of the type.</summary>
    public static object Of(ParameterType type, byte[] content, string field)
    {
        try
        {
            return type.Kind == ParameterKind.Text ? _strict.GetString(content) : content;
        }
        catch (DecoderFallbackException)
        {
            throw InvalidInput.At(field, "is a file that is no UTF-8. For bytes the parameter must be a blob.");
        }
    }
}
