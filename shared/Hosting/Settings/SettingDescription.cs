using System.Collections;
using System.Reflection;

namespace Integration.Hosting;

/// <summary>A setting of a service, as its options class declares it.</summary>
/// <param name="Level">What it belongs to: <c>S3</c>, or <c>S3__Stores__NAME</c> for one of several with a name.</param>
/// <param name="Name">In the environment, e.g. <c>S3__Stores__NAME__Region</c>.</param>
/// <param name="Property">Where it is declared.</param>
/// <param name="Default">Its value when it is not set; null for none.</param>
public sealed record SettingDescription(string Level, string Name, PropertyInfo Property, object? Default)
{
    /// <summary>What it means: its doc comment.</summary>
    public string Meaning(DocStyle style) => DocComments.Of(Property.DeclaringType!.Assembly).Summary(Property, style);

    /// <summary>All settings of a section, in the order of their declaration.</summary>
    public static IEnumerable<SettingDescription> Of(SettingsSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Below(section.Level, section.Options);
    }

    private static IEnumerable<SettingDescription> Below(string level, Type options)
    {
        if (Valued(options) is { } value)
            return Below($"{level}__NAME", value);
        var defaults = Activator.CreateInstance(options)!;
        return options.GetProperties().SelectMany(property => Of(level, property, defaults));
    }

    private static IEnumerable<SettingDescription> Of(string level, PropertyInfo property, object defaults)
    {
        var name = $"{level}__{property.Name}";
        var type = property.PropertyType;
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type))
            return property.CanWrite ? [new(level, name, property, property.GetValue(defaults))] : [];
        var (key, value) = Valued(type) is { } named ? ("NAME", named) : ("0", Listed(type));
        return value is { IsClass: true } && value != typeof(string)
            ? Below($"{name}__{key}", value)
            : [new(level, $"{name}__{key}", property, Default: null)];
    }

    /// <summary>What a dictionary by name holds; null for what is none.</summary>
    internal static Type? Valued(Type type) => Argument(type, typeof(IDictionary<,>), 1);

    /// <summary>What a list holds; null for what is none.</summary>
    internal static Type? Listed(Type type) => Argument(type, typeof(IEnumerable<>), 0);

    private static Type? Argument(Type type, Type generic, int index) =>
        type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == generic)
            ?.GenericTypeArguments[index];
}
