using System.Globalization;
using Integration.Hosting;

namespace Integration.Templates;

/// <summary>Settings with their defaults as the code has them, and their meaning.</summary>
public static class SettingsTable
{
    /// <summary>The table.</summary>
    /// <exception cref="ArgumentException">A setting has no doc comment.</exception>
    public static string Of(IEnumerable<SettingDescription> settings) =>
        Markdown.Table(["setting", "default", ""], settings.Select(Row));

    private static string[] Row(SettingDescription setting)
    {
        var told = DefaultSentence.Split(setting.Meaning(DocStyle.Markdown));
        return told.Meaning.Length > 0
            ? [$"`{setting.Name}`", Default(setting.Default, told.Default), told.Meaning]
            : throw new ArgumentException($"{setting.Name} has no doc comment.", nameof(setting));
    }

    // What the comment adds in brackets stays: "5368709120 (5 GiB)".
    private static string Default(object? value, string told)
    {
        var text = value is bool flag
            ? (flag ? "true" : "false")
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        var bracket = told.IndexOf(" (", StringComparison.Ordinal);
        return text.Length == 0
            ? (told is "empty" or "none" ? "" : told)
            : $"`{text}`" + (bracket > 0 && told.EndsWith(')') ? told[bracket..] : "");
    }
}
