using System.Xml;
using Integration.Errors;
using Integration.Files;
using Integration.Http;

namespace Integration.Soap.Envelope;

/// <summary>
/// A message as the body of a request: of known length, which some servers insist on. Without files it is made in memory; files
/// are read while they are sent, unless the message is signed: then all of it has to be there first.
/// </summary>
internal sealed class MessageBody(OutgoingMessage message, IFileStores files, TimeProvider time, int maxSignedBytes)
{
    private byte[]? _first;

    /// <exception cref="DataErrorException">Codes <c>message-too-large</c>, and those of files.</exception>
    public async Task<StreamedBody> PrepareAsync(CancellationToken cancellation)
    {
        if (message.Content.Files.Count > 0 && message.Security?.Signature is null)
            return new StreamedBody(StreamAsync) { Length = await LengthAsync(cancellation) };
        _first = await BytesAsync(cancellation);
        return new StreamedBody(SendAsync) { Length = _first.Length };
    }

    // Opened before the first byte leaves: with a file that is not there, nothing was sent.
    private async Task StreamAsync(Stream target, CancellationToken cancellation)
    {
        await using var opened = await OpenedFiles.OpenAsync(files, message.Content.Files, cancellation);
        await message.WriteAsync(target, opened, time.GetUtcNow(), cancellation);
    }

    // A request that is repeated has another nonce and time, which are as long as the first.
    private async Task SendAsync(Stream target, CancellationToken cancellation) =>
        await target.WriteAsync(Interlocked.Exchange(ref _first, null) ?? await BytesAsync(cancellation), cancellation);

    private async Task<byte[]> BytesAsync(CancellationToken cancellation)
    {
        var signature = message.Security?.Signature;
        using var buffer = new MemoryStream();
        await message.WriteAsync(
            signature is null ? buffer : new LimitedBuffer(buffer, maxSignedBytes),
            files,
            time.GetUtcNow(),
            cancellation
        );
        if (signature is null)
            return buffer.ToArray();
        buffer.Position = 0;
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.Load(buffer);
        signature.Sign(document);
        using var output = new MemoryStream();
        await using (var writer = XmlWriter.Create(output, OutgoingMessage.Settings))
            document.Save(writer);
        return output.ToArray();
    }

    private async Task<long> LengthAsync(CancellationToken cancellation)
    {
        var measured = new MeasuredFiles();
        var counter = new CountingStream();
        await message.WriteAsync(counter, measured, time.GetUtcNow(), cancellation);
        return counter.Count + measured.Longer;
    }
}
