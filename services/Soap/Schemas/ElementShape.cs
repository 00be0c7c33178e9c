using System.Xml;

namespace Integration.Soap.Schemas;

/// <summary>An element: its name, and its type as soon as it is needed, since types may contain themselves.</summary>
/// <param name="name">Qualified.</param>
/// <param name="isNillable">Whether it may be null.</param>
/// <param name="isAbstract">Whether only those that substitute it may stand in a message.</param>
/// <param name="type">Finds the type.</param>
internal sealed class ElementShape(XmlQualifiedName name, bool isNillable, bool isAbstract, Func<TypeShape> type)
{
    private TypeShape? _type;

    public XmlQualifiedName Name { get; } = name;

    public bool IsNillable { get; } = isNillable;

    public bool IsAbstract { get; } = isAbstract;

    /// <summary>The only value that it may have; null for any.</summary>
    public string? Fixed { get; init; }

    public TypeShape Type => _type ??= type();
}
