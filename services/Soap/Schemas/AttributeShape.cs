using System.Xml;

namespace Integration.Soap.Schemas;

/// <summary>An attribute of a type.</summary>
/// <param name="Property">In JSON, with its @.</param>
/// <param name="Name">Qualified.</param>
/// <param name="Type">Always simple.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Fixed">The only value that it may have; written without being asked where it is required.</param>
internal sealed record AttributeShape(
    string Property,
    XmlQualifiedName Name,
    SimpleShape Type,
    bool IsRequired,
    string? Fixed
);
