using System.Text;
using System.Xml;
using Integration.Files;
using Integration.Soap.Addressing;
using Integration.Soap.Mapping;
using Integration.Soap.Security;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Envelope;

/// <summary>A message with its envelope. Each time it is written it has another nonce and another time.</summary>
/// <param name="Version">Of the envelope.</param>
/// <param name="Content">What the task says.</param>
/// <param name="Security">Null for no security header.</param>
/// <param name="Addressing">Null for no addressing headers.</param>
internal sealed record OutgoingMessage(
    SoapVersion Version,
    MappedMessage Content,
    SecurityHeader? Security,
    AddressingHeaders? Addressing
)
{
    // Line breaks of the task are kept, and a message that fails on the way is never completed by its writer.
    private static readonly XmlWriterSettings _settings = new()
    {
        Async = true,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
        WriteEndDocumentOnClose = false,
    };

    /// <summary>Settings for code that writes XML of a message anew.</summary>
    public static XmlWriterSettings Settings => _settings;

    public async Task WriteAsync(Stream target, IFileStores files, DateTimeOffset now, CancellationToken cancellation)
    {
        var envelope = EnvelopeNames.Of(Version);
        await using var writer = XmlWriter.Create(target, _settings);
        await writer.WriteStartDocumentAsync();
        await writer.WriteStartElementAsync("soap", "Envelope", envelope);
        if (Content.HasHeaders || Security is not null || Addressing is not null)
            await WriteHeaderAsync(writer, envelope, files, now, cancellation);
        await writer.WriteStartElementAsync("soap", "Body", envelope);
        if (Security?.Signs(SignedParts.Body) == true)
            await writer.WriteAttributeStringAsync("wsu", "Id", SecurityNames.Utility, PartIds.Body);
        await Content.WriteBodyAsync(writer, files, cancellation);
        await writer.WriteEndElementAsync();
        await writer.WriteEndElementAsync();
        await writer.FlushAsync();
    }

    private async Task WriteHeaderAsync(
        XmlWriter writer,
        string envelope,
        IFileStores files,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await writer.WriteStartElementAsync("soap", "Header", envelope);
        if (Addressing is not null)
            await Addressing.WriteAsync(writer, Security?.Signs(SignedParts.Addressing) == true);
        if (Security is not null)
            await Security.WriteAsync(writer, envelope, now);
        if (Content.HasHeaders)
            await Content.WriteHeadersAsync(writer, files, cancellation);
        await writer.WriteEndElementAsync();
    }
}
