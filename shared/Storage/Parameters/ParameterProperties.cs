using System.Linq.Expressions;
using System.Reflection;

namespace Integration.Storage.Parameters;

/// <summary>The properties of <typeparamref name="T"/> that can be parameters, read by compiled accessors: no reflection per call.</summary>
internal static class ParameterProperties<T>
{
    private static readonly Dictionary<string, PropertyInfo> _properties = typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0)
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The property for <c>@name</c>.</summary>
    /// <exception cref="ArgumentException">There is none, or its type cannot be stored.</exception>
    public static PropertyInfo Find(string name)
    {
        if (!_properties.TryGetValue(name, out var property))
            throw new ArgumentException($"{typeof(T).Name} has no property for the parameter @{name}.", nameof(name));
        if (!StorableTypes.Contains(property.PropertyType))
            throw new ArgumentException(
                $"{typeof(T).Name}.{property.Name} is a {property.PropertyType.Name}, which has no column type on both "
                    + $"databases. Use one of {StorableTypes.Names}; times as milliseconds since 1970 or as text.",
                nameof(name)
            );
        return property;
    }

    /// <summary>Reads the value of <paramref name="property"/>.</summary>
    public static Func<T, object?> Value(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var value = Expression.Convert(Expression.Property(row, property), typeof(object));
        return Expression.Lambda<Func<T, object?>>(value, row).Compile();
    }
}
