namespace Integration.Soap.Envelope;

/// <summary>Counts what is written, and keeps nothing.</summary>
internal sealed class CountingStream : WritingStream
{
    public long Count { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer) => Count += buffer.Length;
}
