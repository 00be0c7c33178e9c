using System.Xml;
using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>A type of the schema as the mapping needs it. Immutable once it is compiled.</summary>
/// <param name="schema">The type in the schema; null for the wrapper of an rpc message, which no schema declares.</param>
internal abstract class TypeShape(XmlSchemaType? schema)
{
    public XmlSchemaType? Schema { get; } = schema;

    /// <summary>Empty for a type without a name.</summary>
    public XmlQualifiedName Name => Schema?.QualifiedName ?? XmlQualifiedName.Empty;

    /// <summary>Whether only types derived from it may stand in a message.</summary>
    public abstract bool IsAbstract { get; }

    /// <summary>What is expected, for a message: "a whole number (xs:int)".</summary>
    public abstract string Expected { get; }
}
