using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Integration.Fixtures;

/// <summary>What others can compile against, one line per member: made to be read in a diff.</summary>
public static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>Every public type of the assembly with its public and protected members.</summary>
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var member in Members(type))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ when IsDelegate(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        IEnumerable<Type> above =
            type.IsEnum
            || type.IsValueType
            || IsDelegate(type)
            || type.BaseType is null
            || type.BaseType == typeof(object)
                ? []
                : [type.BaseType];
        var list = string.Join(", ", above.Concat(OwnInterfaces(type)).Select(t => TypeName.Of(t)));
        return $"{kind} {type.Namespace}.{TypeName.Of(type)}{(list.Length > 0 ? $" : {list}" : "")}";
    }

    /// <summary>Without equality of records and the like, which the compiler writes.</summary>
    private static IEnumerable<Type> OwnInterfaces(Type type) =>
        type.IsEnum
            ? []
            : type.GetInterfaces()
                .Where(i => i.Namespace?.StartsWith("Integration", StringComparison.Ordinal) == true)
                .OrderBy(i => i.Name, StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type) =>
        type.IsEnum ? Enum.GetNames(type)
        : IsDelegate(type) ? [MemberLine.Of(type.GetMethod("Invoke")!)]
        : type.GetMembers(Declared)
            .Where(member => IsVisible(member) && !IsWrittenByTheCompiler(member))
            .OrderBy(member => member is ConstructorInfo ? "" : member.Name, StringComparer.Ordinal)
            .Select(MemberLine.Of);

    private static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);

    private static bool IsVisible(MemberInfo member) =>
        member switch
        {
            ConstructorInfo constructor => IsVisible(constructor),
            MethodInfo method => IsVisible(method) && (!method.IsSpecialName || IsOperator(method)),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
            FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
            EventInfo occurrence => occurrence.AddMethod is { } add && IsVisible(add),
            _ => false,
        };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    /// <summary>What makes a record a record.</summary>
    private static bool IsWrittenByTheCompiler(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member is MethodInfo { Name: "Deconstruct" or "PrintMembers" };
}
