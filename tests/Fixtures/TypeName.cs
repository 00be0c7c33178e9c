using System.Reflection;

namespace Integration.Fixtures;

/// <summary>Types as they are written in C#, with nullability where the compiler recorded it.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";

        var mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsByRef)
            return Of(type.GetElementType()!, nullability?.ElementType);
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (_keywords.TryGetValue(type, out var keyword))
            return keyword + mark;

        var name = type.Name.Split('`')[0];
        if (type.IsNested && !type.IsGenericParameter)
            name = $"{Of(type.DeclaringType!)}.{name}";
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments()
                .Select((argument, i) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
            name += $"<{string.Join(", ", arguments)}>";
        }

        return name + mark;
    }
}
