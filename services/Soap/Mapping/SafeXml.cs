using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>How XML of others is read: no DTD, hence no entities of its own, and nothing is fetched.</summary>
public static class SafeXml
{
    /// <summary>Settings of a reader.</summary>
    /// <param name="maxCharacters">Longest document in characters; 0 for any, when the bytes are limited already.</param>
    public static XmlReaderSettings Settings(long maxCharacters = 0) =>
        new()
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = false,
        };
}
