namespace Integration.Sql.Settings;

/// <summary>A secret setting or its twin, the file that holds it. Its value is in no message.</summary>
internal static class Secret
{
    /// <summary>Null when it can be read, or is not set at all.</summary>
    public static string? Problem(string setting, string value, string file) =>
        value.Length > 0 && file.Length > 0 ? $"{setting} and {setting}File are both set. Keep one of them."
        : file.Length > 0 && !File.Exists(file) ? $"{setting}File: there is no file '{file}'."
        : null;

    /// <summary>The value, or what the file holds now, without the line end at its end.</summary>
    public static string Read(string value, string file) =>
        file.Length == 0 ? value : File.ReadAllText(file).TrimEnd('\r', '\n');
}
