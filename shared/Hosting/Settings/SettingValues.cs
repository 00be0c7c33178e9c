using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Integration.Hosting;

/// <summary>
/// Holds the values of a section against the options that it is bound to, before they are: the binder stops at the first that does not
/// fit, and speaks of types.
/// </summary>
internal static class SettingValues
{
    private const int LongestShown = 100;

    /// <summary>Everything that does not fit, each with the setting as the environment writes it, and what to write.</summary>
    public static IEnumerable<string> Problems(IConfigurationSection section, Type options) =>
        // What stands under the name of the whole section belongs to another program, such as the variable MAIL of a shell.
        SettingDescription.Valued(options)
            is { } named
            ? section.GetChildren().SelectMany(entry => Below(entry, named))
            : options.GetProperties().SelectMany(property => Below(section, property));

    private static IEnumerable<string> Below(IConfigurationSection section, PropertyInfo property) =>
        Below(section.GetSection(property.Name), property.PropertyType);

    private static IEnumerable<string> Below(IConfigurationSection section, Type type)
    {
        if (!section.Exists())
            return [];
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
            return Value(section, type);
        if (SettingDescription.Valued(type) is { } named)
            return Entries(section, "NAME", named);
        if (SettingDescription.Listed(type) is { } listed)
            return Entries(section, "0", listed);
        var properties = type.GetProperties();
        return section.Value is { Length: > 0 }
            ? [Group(section, properties.Select(property => property.Name))]
            : properties.SelectMany(property => Below(section, property));
    }

    private static IEnumerable<string> Entries(IConfigurationSection section, string key, Type held) =>
        section.Value is { Length: > 0 }
            ? [Group(section, Below(held).Select(name => $"{key}{name}"))]
            : section.GetChildren().SelectMany(entry => Below(entry, held));

    // Of an entry with a name or number: itself, or the settings of it.
    private static IEnumerable<string> Below(Type held) =>
        TypeDescriptor.GetConverter(held).CanConvertFrom(typeof(string))
            ? [""]
            : held.GetProperties().Where(property => property.CanWrite).Select(property => $"__{property.Name}");

    private static IEnumerable<string> Value(IConfigurationSection section, Type type)
    {
        if (section.GetChildren().FirstOrDefault() is { } below)
            return
            [
                $"{Name(section)} has one value, and there is nothing below it such as {Name(below)}. Write {Name(section)}=….",
            ];
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (section.Value is not { } value || (value.Length == 0 && wanted != type) || Fits(value, wanted))
            return [];
        return [$"{Name(section)} is {Shown(value, wanted)}; it must be {Allowed(wanted)}."];
    }

    private static bool Fits(string value, Type type)
    {
        try
        {
            var converted = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            // A number stands for any name of an enumeration, also for one that there is not.
            return !type.IsEnum || Enum.IsDefined(type, converted!) || AreNames(value, type);
        }
        // A converter throws whatever it likes.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static bool AreNames(string value, Type type) =>
        type.IsDefined(typeof(FlagsAttribute), inherit: false)
        && value.Split(',').All(part => Enum.GetNames(type).Contains(part.Trim(), StringComparer.OrdinalIgnoreCase));

    // An address may have a password in it.
    private static string Shown(string value, Type type) =>
        type == typeof(Uri) || type == typeof(string) ? "wrong"
        : value.Length <= LongestShown ? $"\"{value}\""
        : $"\"{value[..LongestShown]}…\"";

    private static string Allowed(Type type) =>
        type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) =>
                "a time span: hours, minutes and seconds such as 00:00:30, with days before them such as 1.00:00:00",
            _ when type == typeof(Uri) => "an address (its form: --help)",
            _ when type == typeof(double) || type == typeof(float) || type == typeof(decimal) => "a number such as 0.5",
            { IsEnum: true } => (
                type.IsDefined(typeof(FlagsAttribute), inherit: false) ? "one or more, with commas, of " : "one of "
            ) + string.Join(", ", Enum.GetNames(type)),
            { IsPrimitive: true } => $"a whole number from {Bound(type, "MinValue")} to {Bound(type, "MaxValue")}",
            _ => "what its meaning in --help asks for",
        };

    private static string Bound(Type type, string name) =>
        Convert.ToString(type.GetField(name)!.GetValue(null), CultureInfo.InvariantCulture)!;

    private static string Group(IConfigurationSection section, IEnumerable<string> names) =>
        $"{Name(section)} has no value of its own. Write "
        + $"{string.Join(", ", names.Select(name => $"{Name(section)}__{name}=…"))}.";

    private static string Name(IConfigurationSection section) =>
        section.Path.Replace(":", "__", StringComparison.Ordinal);
}
