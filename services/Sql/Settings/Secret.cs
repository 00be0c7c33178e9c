using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sql.Settings;

/// <summary>A secret setting or its twin, the file that holds it. Its value is in no message.</summary>
[Raises(
    ErrorCategory.Access,
    "secret-unavailable",
    "The file that holds the password or the connection string cannot be read.",
    "The message names it."
)]
internal static class Secret
{
    /// <summary>Null when it can be read, or is not set at all.</summary>
    public static string? Problem(string setting, string value, string file) =>
        value.Length > 0 && file.Length > 0 ? $"{setting} and {setting}File are both set. Keep one of them."
        : file.Length > 0 && !IsReadable(file) ? $"{setting}File: there is no file '{file}' that can be read."
        : null;

    /// <summary>The value, or what the file holds now, without the line end at its end.</summary>
    /// <exception cref="AccessErrorException">The file cannot be read, with code <c>secret-unavailable</c>.</exception>
    public static string Read(string setting, string value, string file)
    {
        try
        {
            return file.Length == 0 ? value : File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccessErrorException(
                "secret-unavailable",
                $"The file '{file}' that {setting}File names cannot be read ({e.GetType().Name}). Mount it where the service "
                    + "can read it.",
                e
            );
        }
    }

    private static bool IsReadable(string file)
    {
        try
        {
            using var opened = File.OpenRead(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
