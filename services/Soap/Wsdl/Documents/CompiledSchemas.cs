using System.Xml.Schema;

namespace Integration.Soap.Wsdl;

/// <summary>The schemas of a WSDL, without what is broken in them.</summary>
/// <param name="Set">Compiled.</param>
/// <param name="Broken">Why a definition is not there, a sentence each: it or what it needs is broken.</param>
/// <param name="Absent">The documents that could not be read, a sentence each.</param>
internal sealed record CompiledSchemas(
    XmlSchemaSet Set,
    IReadOnlyDictionary<DefinitionName, string> Broken,
    IReadOnlyList<string> Absent
);
