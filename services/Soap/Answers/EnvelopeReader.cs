using System.Text;
using System.Xml;
using Integration.Soap.Envelope;
using Integration.Soap.Mapping;

namespace Integration.Soap.Answers;

/// <summary>Goes through an envelope, of either version.</summary>
internal static class EnvelopeReader
{
    /// <summary>Whether an envelope begins here.</summary>
    /// <param name="reader">At its start; may stay on the first element.</param>
    public static async Task<bool> IsAtOneAsync(XmlReader reader)
    {
        try
        {
            return await reader.MoveToContentAsync() == XmlNodeType.Element
                && reader.LocalName == "Envelope"
                && EnvelopeNames.IsEnvelope(reader.NamespaceURI);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Reads as far as the content of the body.</summary>
    /// <param name="reader">At its start; afterwards on the first element of the body, or on its end.</param>
    /// <param name="headers">Takes the headers; null when they do not matter.</param>
    /// <param name="messages">Of the operation.</param>
    /// <param name="messageId">Of our message; null when it had none.</param>
    /// <param name="reading">Limits.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Whether the body is a fault.</returns>
    /// <exception cref="MalformedAnswerException">It is no envelope.</exception>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static async Task<bool> ToBodyAsync(
        XmlReader reader,
        AnswerHeaderReader? headers,
        IMessageMapping messages,
        string? messageId,
        AnswerReading reading,
        CancellationToken cancellation
    )
    {
        if (
            await reader.MoveToContentAsync() != XmlNodeType.Element
            || reader.LocalName != "Envelope"
            || !EnvelopeNames.IsEnvelope(reader.NamespaceURI)
        )
            throw new MalformedAnswerException($"is no SOAP envelope: its root is <{reader.Name}>");
        var envelope = reader.NamespaceURI;
        await reader.ReadAsync();
        while (await reader.MoveToContentAsync() == XmlNodeType.Element && reader.NamespaceURI == envelope)
        {
            if (reader.LocalName == "Body")
                return await IsFaultAsync(reader, envelope);
            if (reader.LocalName != "Header")
                break;
            if (headers is null)
                await reader.SkipAsync();
            else
                await headers.ReadAsync(reader, messages, messageId, reading, cancellation);
        }

        throw new MalformedAnswerException("is a SOAP envelope without a body");
    }

    private static async Task<bool> IsFaultAsync(XmlReader reader, string envelope)
    {
        if (reader.IsEmptyElement)
            return false;
        await reader.ReadAsync();
        return await reader.MoveToContentAsync() == XmlNodeType.Element
            && reader.LocalName == "Fault"
            && reader.NamespaceURI == envelope;
    }
}
