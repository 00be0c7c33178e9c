using System.Text.Json.Nodes;
using System.Xml;
using Integration.Contracts;
using Integration.Errors;
using Integration.Soap.Addressing;
using Integration.Soap.Envelope;
using Integration.Soap.Mapping;
using Integration.Soap.Security;

namespace Integration.Soap.Answers;

/// <summary>The headers of an answer: what the process gets, and what we have to judge ourselves.</summary>
/// <param name="target">Host and port, for errors.</param>
/// <param name="status">Of the answer.</param>
/// <param name="time">The clock.</param>
[Raises(
    ErrorCategory.Data,
    "answer-not-understood",
    "The answer has a header that must be understood, and that neither the WSDL nor this service knows.",
    "Ask the owner of the service for a WSDL that declares the header, or for answers without it."
)]
[Raises(
    ErrorCategory.Data,
    "answer-expired",
    "The timestamp of the answer says that it is not good any more.",
    "Compare the clocks of both machines. What was asked has probably been done."
)]
[Raises(
    ErrorCategory.Data,
    "answer-to-another",
    "The answer belongs to another message (WS-Addressing RelatesTo).",
    "The service or something before it mixes up answers. What was asked has probably been done."
)]
internal sealed class AnswerHeaderReader(string target, int status, TimeProvider time)
{
    // As much as clocks may differ; WCF and WSS4J have the same.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    private const string Reply = AddressingHeaders.Namespace + "/reply";

    private readonly JsonObject _headers = [];
    private readonly HashSet<string> _repeated = [];

    /// <summary>By name; null when there is none.</summary>
    public JsonObject? Headers => _headers.Count > 0 ? _headers : null;

    /// <summary>Reads them all.</summary>
    /// <param name="reader">On the start of the <c>Header</c> element; afterwards on what follows it.</param>
    /// <param name="messages">Of the operation.</param>
    /// <param name="messageId">Of our message; null when it had none.</param>
    /// <param name="reading">Limits.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task ReadAsync(
        XmlReader reader,
        IMessageMapping messages,
        string? messageId,
        AnswerReading reading,
        CancellationToken cancellation
    )
    {
        var envelope = reader.NamespaceURI;
        var isEmpty = reader.IsEmptyElement;
        await reader.ReadAsync();
        while (!isEmpty && await reader.MoveToContentAsync() == XmlNodeType.Element)
        {
            if (reader.NamespaceURI == SecurityNames.Extension && reader.LocalName == "Security")
                await CheckSecurityAsync(reader);
            else if (reader.NamespaceURI == AddressingHeaders.Namespace)
                await CheckAddressingAsync(reader, messageId);
            else
                await KeepAsync(reader, messages, envelope, reading, cancellation);
        }

        if (!isEmpty)
            await reader.ReadAsync();
    }

    private async Task KeepAsync(
        XmlReader reader,
        IMessageMapping messages,
        string envelope,
        AnswerReading reading,
        CancellationToken cancellation
    )
    {
        var mustUnderstand =
            reader.GetAttribute("mustUnderstand", envelope) is "1" or "true" && IsForUs(reader, envelope);
        var (name, content) = await messages.ReadHeaderAsync(reader, reading, cancellation);
        if (mustUnderstand && name.StartsWith('{'))
            throw Error("answer-not-understood", $"has the header {name}, which must be understood and is not known.");
        Add(name, content);
    }

    // For the final receiver of the answer, or the next one. Others on the way have their own headers.
    private static bool IsForUs(XmlReader reader, string envelope) =>
        (reader.GetAttribute("actor", envelope) ?? reader.GetAttribute("role", envelope))
            is null
                or ""
                or "http://schemas.xmlsoap.org/soap/actor/next"
                or EnvelopeNames.Soap12 + "/role/next"
                or EnvelopeNames.Soap12 + "/role/ultimateReceiver";

    private void Add(string name, JsonNode? content)
    {
        if (!_headers.TryGetPropertyValue(name, out var before))
        {
            _headers[name] = content;
        }
        else if (_repeated.Add(name))
        {
            _headers[name] = null;
            _headers[name] = new JsonArray(before, content);
        }
        else
        {
            ((JsonArray)before!).Add(content);
        }
    }

    private async Task CheckSecurityAsync(XmlReader reader)
    {
        using (var header = reader.ReadSubtree())
        {
            while (await header.ReadAsync())
            {
                if (
                    header is
                    { NodeType: XmlNodeType.Element, LocalName: "Expires", NamespaceURI: SecurityNames.Utility }
                )
                    CheckExpiry(await header.ReadElementContentAsStringAsync());
            }
        }

        await reader.ReadAsync();
    }

    private void CheckExpiry(string text)
    {
        DateTimeOffset expires;
        try
        {
            expires = XmlConvert.ToDateTimeOffset(text.Trim());
        }
        catch (FormatException e)
        {
            throw new MalformedAnswerException("has a timestamp that is no date and time", e);
        }

        if (time.GetUtcNow() - _skew > expires)
            throw Error("answer-expired", $"expired on {Instant.Text(expires)}.");
    }

    private async Task CheckAddressingAsync(XmlReader reader, string? messageId)
    {
        var isReply = reader.LocalName == "RelatesTo" && reader.GetAttribute("RelationshipType") is null or Reply;
        using (var header = reader.ReadSubtree())
        {
            await header.ReadAsync();
            if (isReply && messageId is not null && !header.IsEmptyElement)
            {
                var related = (await header.ReadElementContentAsStringAsync()).Trim();
                if (related != messageId)
                    throw Error("answer-to-another", $"belongs to the message {related}, and ours is {messageId}.");
            }
        }

        await reader.ReadAsync();
    }

    private DataErrorException Error(string code, string problem) =>
        new(code, $"The answer of {target} {problem} What was asked has probably been done.")
        {
            Status = status,
            Target = target,
            EffectUnknown = true,
        };
}
