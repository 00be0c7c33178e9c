using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>A document of a WSDL: WSDL itself, or a schema.</summary>
/// <param name="Location">Where it is, without a fragment.</param>
/// <param name="Root">Its outermost element.</param>
internal sealed record LoadedDocument(Uri Location, XElement Root);
