using MimeKit;
using MimeKit.IO;

namespace Integration.Mail.Content;

/// <summary>
/// A file as the content of a part, read while the message is written: never whole in memory, and without seeking, which
/// streams of stores cannot do.
/// </summary>
internal sealed class FileContent(MailFile file) : IMimeContent
{
    // A line has 76 characters, which are 57 bytes.
    private const int Line = 57;

    public ContentEncoding Encoding => ContentEncoding.Default;

    public NewLineFormat? NewLineFormat => null;

    public Stream Stream => throw new NotSupportedException();

    /// <summary>In base64, with its line ends.</summary>
    public long EncodedSize => ((file.Size + 2) / 3 * 4) + ((file.Size + Line - 1) / Line * 2);

    public Stream Open() => throw new NotSupportedException();

    public async Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        // Its size is known before it is opened.
        if (stream is FilteredStream { Source: MeasuringStream })
            return;
        await using var content = await file.Open(cancellationToken);
        await content.CopyToAsync(stream, cancellationToken);
    }

    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Dispose() { }
}
