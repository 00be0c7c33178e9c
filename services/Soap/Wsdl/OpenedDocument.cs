namespace Integration.Soap.Wsdl;

/// <summary>A document that is about to be read.</summary>
/// <param name="Content">Disposed of by its reader.</param>
/// <param name="Location">Where it is: the address that was asked for, or the one that it led to.</param>
public sealed record OpenedDocument(Stream Content, Uri Location);
