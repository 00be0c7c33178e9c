using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Integration.Errors;

namespace Integration.Soap.Mapping;

/// <summary>
/// What an operation says and is answered, between JSON and XML, by its schema. Immutable: any number of calls use it at
/// once. The conventions stand in docs/reference/soap-mapping.md.
/// </summary>
public interface IMessageMapping
{
    /// <summary>Maps and checks what is to be sent; nothing is written yet.</summary>
    /// <param name="input">The content of the body.</param>
    /// <param name="headers">The declared headers by name; null for none.</param>
    /// <param name="path">Where the input stands, for messages; the default value is <c>inputs.input</c>.</param>
    /// <param name="headersPath">Where the headers stand; the default value is <c>inputs.headers</c>.</param>
    /// <exception cref="DataErrorException">
    /// Code <c>invalid-input</c>: what does not fit the schema, each with its JSON path and the way out.
    /// </exception>
    MappedMessage Map(
        JsonElement? input,
        JsonElement? headers = null,
        string path = "inputs.input",
        string headersPath = "inputs.headers"
    );

    /// <summary>Reads the content of an answer's body that is no fault.</summary>
    /// <param name="reader">
    /// From <see cref="Xml.ForeignXml"/>, on the start or the end of the envelope's <c>Body</c>, on the first element in it, or
    /// just before. Afterwards on what follows that element.
    /// </param>
    /// <param name="reading">Limits, and where large content goes.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The content; null for an empty body.</returns>
    /// <exception cref="MalformedAnswerException">What is there is not what the WSDL declares.</exception>
    Task<JsonNode?> ReadBodyAsync(XmlReader reader, AnswerReading reading, CancellationToken cancellation);

    /// <summary>Reads one entry of an answer's header.</summary>
    /// <param name="reader">On the entry's start; afterwards on what follows it.</param>
    /// <param name="reading">Limits, and where large content goes.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>
    /// Its name and content, by the schema where it knows the element, otherwise as XML text under <c>{namespace}name</c>.
    /// </returns>
    /// <exception cref="MalformedAnswerException">It does not fit its schema.</exception>
    Task<KeyValuePair<string, JsonNode?>> ReadHeaderAsync(
        XmlReader reader,
        AnswerReading reading,
        CancellationToken cancellation
    );

    /// <summary>Reads a fault of either version.</summary>
    /// <param name="reader">On the start of the <c>Fault</c> element; afterwards on what follows it.</param>
    /// <param name="reading">Limits, and where large content goes.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="MalformedAnswerException">It is no well-formed XML.</exception>
    Task<SoapFault> ReadFaultAsync(XmlReader reader, AnswerReading reading, CancellationToken cancellation);

    /// <summary>An input that fits the schema, with every optional part: to be changed and sent.</summary>
    JsonNode? ExampleInput();

    /// <summary>Headers that fit the schema, by name; null when none is declared.</summary>
    JsonObject? ExampleHeaders();
}
