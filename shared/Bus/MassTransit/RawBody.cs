using System.Net.Mime;
using System.Runtime.InteropServices;
using System.Text;
using MassTransit;

namespace Integration.Bus.MassTransit;

/// <summary>The bytes of one message in the place of a serializer.</summary>
internal sealed class RawBody(ReadOnlyMemory<byte> body, string? contentType) : IMessageSerializer, MessageBody
{
    public ContentType ContentType { get; } = new VerbatimContentType(contentType);

    public long? Length => body.Length;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => this;

    public Stream GetStream() => new MemoryStream(GetBytes(), writable: false);

    public byte[] GetBytes() =>
        MemoryMarshal.TryGetArray(body, out var segment)
        && segment.Offset == 0
        && segment.Count == segment.Array!.Length
            ? segment.Array
            : body.ToArray();

    public string GetString() => Encoding.UTF8.GetString(body.Span);

    /// <summary>Written as it was set, and not at all when it was not: MassTransit's would be normalised, and never absent.</summary>
    private sealed class VerbatimContentType(string? text) : ContentType("application/octet-stream")
    {
        public override string ToString() => text!;
    }
}
