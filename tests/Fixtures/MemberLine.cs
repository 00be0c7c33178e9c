using System.Reflection;
using System.Runtime.CompilerServices;

namespace Integration.Fixtures;

/// <summary>One member as it would be declared.</summary>
internal static class MemberLine
{
    private static readonly NullabilityInfoContext _nullability = new();

    public static string Of(MemberInfo member) =>
        member switch
        {
            ConstructorInfo constructor => $"{Access(constructor)}({Parameters(constructor)})",
            MethodInfo method => Of(method),
            PropertyInfo property => Of(property),
            FieldInfo field => Of(field),
            EventInfo e => $"event {TypeName.Of(e.EventHandlerType!)} {e.Name}",
            _ => throw new ArgumentException($"Cannot list {member}.", nameof(member)),
        };

    private static string Of(MethodInfo method)
    {
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>"
            : "";
        var returns = TypeName.Of(method.ReturnType, _nullability.Create(method.ReturnParameter));
        return $"{Access(method)}{Modifier(method)}{returns} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Of(PropertyInfo property)
    {
        var accessor = property.GetMethod ?? property.SetMethod!;
        var type = TypeName.Of(property.PropertyType, _nullability.Create(property));
        var set = property.SetMethod is { IsPrivate: false, IsAssembly: false } setter
            ? IsInit(setter)
                ? " init;"
                : " set;"
            : "";
        var get = property.GetMethod is null ? "" : " get;";
        return $"{Access(accessor)}{Modifier(accessor)}{type} {property.Name} {{{get}{set} }}";
    }

    private static string Of(FieldInfo field)
    {
        var type = TypeName.Of(field.FieldType, _nullability.Create(field));
        return field.IsLiteral
            ? $"const {type} {field.Name} = {Value(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Access(MethodBase method) =>
        method.IsPublic
            ? method is ConstructorInfo
                ? "new"
                : ""
            : method is ConstructorInfo
                ? "protected new"
                : "protected ";

    private static string Modifier(MethodInfo method) =>
        method switch
        {
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => "",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() == method => "virtual ",
            { IsVirtual: true } when method.GetBaseDefinition() != method => "override ",
            _ => "",
        };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        var direction =
            parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? "ref "
            : parameter.Position == 0 && parameter.Member.IsDefined(typeof(ExtensionAttribute), inherit: false)
                ? "this "
            : "";
        var value = parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "";
        var type = TypeName.Of(parameter.ParameterType, _nullability.Create(parameter));
        return $"{direction}{type} {parameter.Name}{value}";
    }

    private static string Value(object? value) =>
        value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ => value.ToString()!,
        };
}
