namespace Integration.Mail.Content;

/// <summary>Headers, texts, boundaries.</summary>
internal sealed class BytesSegment(byte[] bytes) : Segment
{
    public override long Size => bytes.Length;

    public override Task WriteAsync(Stream output, CancellationToken cancellation) =>
        output.WriteAsync(bytes, cancellation).AsTask();
}
