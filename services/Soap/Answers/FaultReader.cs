using System.Text;
using System.Xml;
using Integration.Http;
using Integration.Soap.Mapping;

namespace Integration.Soap.Answers;

/// <summary>Finds the fault in an answer that says by its status that it is no success.</summary>
internal static class FaultReader
{
    /// <summary>Null when there is none that can be read: then the status says all there is to know.</summary>
    public static async Task<SoapFault?> FindAsync(
        HttpAnswer answer,
        IMessageMapping messages,
        CancellationToken cancellation
    )
    {
        if (answer.Body.IsEmpty || !answer.IsComplete)
            return null;
        try
        {
            using var body = new MemoryStream(answer.Body.ToArray(), writable: false);
            using var content = await AnswerContent.OpenAsync(
                body,
                answer.MediaType,
                answer.Charset,
                answer.Headers,
                cancellation
            );
            var reading = new AnswerReading();
            return await EnvelopeReader.ToBodyAsync(content.Reader, null, messages, null, reading, cancellation)
                ? await messages.ReadFaultAsync(content.Reader, reading, cancellation)
                : null;
        }
        catch (Exception e)
            when (e is XmlException or MalformedAnswerException or DecoderFallbackException or IOException)
        {
            return null;
        }
    }
}
