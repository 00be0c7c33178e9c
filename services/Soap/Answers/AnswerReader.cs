using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Http;
using Integration.Soap.Call;
using Integration.Soap.Faults;
using Integration.Soap.Mapping;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Answers;

/// <summary>What an answer means: a result, a business error, or the failure that its fault or its status stands for.</summary>
[Raises(
    ErrorCategory.Data,
    "answer-unsupported",
    "The answer has attachments (MTOM or SOAP with Attachments), which are not supported.",
    "Ask the owner of the service for answers without attachments. What was asked has probably been done."
)]
internal sealed class AnswerReader(
    HttpCall call,
    WsdlOperation operation,
    CallInput input,
    string? messageId,
    IFileStores files,
    SoapOptions options,
    TimeProvider time
)
{
    public async Task<CallOutput> ReadAsync(StreamedAnswer answer, CancellationToken cancellation)
    {
        if (answer.Status is < 200 or > 299)
            throw await FailureAsync(answer, cancellation);
        await using var body = new AnswerBody(await answer.OpenAsync(cancellation), call, cancellation);
        try
        {
            return await ReadAsync(answer, body, cancellation);
        }
        catch (MalformedAnswerException e)
        {
            throw AnswerErrors.Malformed(call, body.Start(answer), Kind(answer) + e.Message);
        }
        catch (XmlException) when (body.IsEmpty)
        {
            throw AnswerErrors.Malformed(call, body.Start(answer), "is empty");
        }
        catch (XmlException e)
        {
            throw AnswerErrors.Malformed(
                call,
                body.Start(answer),
                $"{Kind(answer)}is no XML that is taken: {e.Message}"
            );
        }
        catch (DecoderFallbackException)
        {
            throw AnswerErrors.Malformed(
                call,
                body.Start(answer),
                "has bytes that are no text in the character set that it says it is in"
            );
        }
        catch (IOException) when (AnswerContent.IsInParts(answer.MediaType))
        {
            throw AnswerErrors.Malformed(call, body.Start(answer), "ends before its last part does");
        }
    }

    private async Task<CallOutput> ReadAsync(StreamedAnswer answer, AnswerBody body, CancellationToken cancellation)
    {
        using var content = await OpenAsync(answer, body, cancellation);
        if (content is null)
            return new CallOutput(answer.Status);
        CallOutput output;
        try
        {
            output = await ReadAsync(answer, body, content.Reader, cancellation);
        }
        // What is wrong may only be that something is not here, but in another part.
        catch (MalformedAnswerException) when (AnswerContent.IsInParts(answer.MediaType))
        {
            if (await HasAttachmentsAsync(content, cancellation))
                throw Unsupported(answer);
            throw;
        }

        return await content.HasAttachmentsAsync(cancellation) ? throw Unsupported(answer) : output;
    }

    // Null where it cannot be opened and need not be: it is accepted, which is all that there is to know.
    private async Task<AnswerContent?> OpenAsync(StreamedAnswer answer, AnswerBody body, CancellationToken cancellation)
    {
        try
        {
            return await AnswerContent.OpenAsync(body, answer.MediaType, answer.Charset, answer.Headers, cancellation);
        }
        catch (MalformedAnswerException) when (IsAcceptance(answer))
        {
            return null;
        }
    }

    private bool IsAcceptance(StreamedAnswer answer) => operation.IsOneWay || answer.Status is 202 or 204;

    private static async Task<bool> HasAttachmentsAsync(AnswerContent content, CancellationToken cancellation)
    {
        try
        {
            return await content.HasAttachmentsAsync(cancellation);
        }
        catch (MalformedAnswerException)
        {
            return false;
        }
    }

    private async Task<CallOutput> ReadAsync(
        StreamedAnswer answer,
        AnswerBody body,
        XmlReader reader,
        CancellationToken cancellation
    )
    {
        var reading = new AnswerReading
        {
            MaxInlineBytes = options.MaxInlineBytes,
            Sink = input.FileStore is { } store ? new AnswerFiles(files, store, body) : null,
        };
        var headers = new AnswerHeaderReader(call.Target, answer.Status, time);
        // Nothing, or a page that says thank you: it is accepted, which is all that there is to know.
        if (IsAcceptance(answer) && !await EnvelopeReader.IsAtOneAsync(reader))
            return new CallOutput(answer.Status);
        if (await EnvelopeReader.ToBodyAsync(reader, headers, operation.Messages!, messageId, reading, cancellation))
            throw Fault(await operation.Messages!.ReadFaultAsync(reader, reading, cancellation), answer.Status);
        var result = await operation.Messages!.ReadBodyAsync(reader, reading, cancellation);
        // What is cut off after the body is not whole either.
        while (await reader.ReadAsync()) { }
        return new CallOutput(answer.Status, Element(result), Element(headers.Headers));
    }

    // A status that says more than a fault in it does: who may call, when again, where.
    private static bool SaysMore(int status) =>
        status is < 400 or 401 or 403 or 407 or 408 or 413 or 425 or 429 or > 500;

    private async Task<TaskErrorException> FailureAsync(StreamedAnswer answer, CancellationToken cancellation)
    {
        var whole = await answer.ReadAsync(cancellation);
        var fault = await FaultReader.FindAsync(whole, operation.Messages!, cancellation);
        if (fault is not null && DeclaredFaults.Find(input.Errors, fault, whole.Status) is { } declared)
            return declared;
        return fault is null || SaysMore(whole.Status)
            ? StatusErrors.Of(call, whole)
            : FaultErrors.Of(call, fault, whole.Status);
    }

    private TaskErrorException Fault(SoapFault fault, int status) =>
        DeclaredFaults.Find(input.Errors, fault, status) ?? FaultErrors.Of(call, fault, status);

    private DataErrorException Unsupported(StreamedAnswer answer) =>
        new(
            "answer-unsupported",
            $"{call}: the answer is {answer.MediaType} with attachments (MTOM or SOAP with Attachments), which are not supported. What was "
                + "asked has probably been done."
        )
        {
            Status = answer.Status,
            Target = call.Target,
            EffectUnknown = true,
        };

    private static string Kind(StreamedAnswer answer) =>
        answer.MediaType is null || answer.MediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
            ? ""
            : $"is {answer.MediaType}, and ";

    private static JsonElement? Element(JsonNode? node) =>
        node is null ? null : JsonSerializer.SerializeToElement(node);
}
