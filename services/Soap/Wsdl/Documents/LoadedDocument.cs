using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>A document of a WSDL: WSDL itself, or a schema.</summary>
/// <param name="Address">What refers to it calls it so; absolute, without a fragment.</param>
/// <param name="Location">Where it was found, which is elsewhere when the server redirects; what it refers to is relative to that.</param>
/// <param name="Root">Its outermost element.</param>
internal sealed record LoadedDocument(Uri Address, Uri Location, XElement Root);
