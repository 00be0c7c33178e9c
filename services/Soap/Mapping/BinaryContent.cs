using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Reads an element with base64 or hexadecimal digits in it. What is large goes to the sink while it is read.</summary>
internal sealed class BinaryContent(XmlReader reader, AnswerReading reading, bool isHex)
{
    private const int FirstBlockBytes = 4 * 1024;

    public async Task<JsonNode?> ReadAsync(CancellationToken cancellation)
    {
        var name = reader.LocalName;
        var limit = reading.Sink is null ? int.MaxValue - 1 : reading.MaxInlineBytes;
        var buffer = new byte[Math.Min(FirstBlockBytes, limit + 1)];
        var length = 0;
        while (true)
        {
            var read = await BlockAsync(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0)
                return isHex ? Convert.ToHexString(buffer, 0, length) : Convert.ToBase64String(buffer, 0, length);
            if (length > limit)
                return await SaveAsync(name, buffer.AsMemory(0, length), cancellation);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));
        }
    }

    private async Task<JsonNode?> SaveAsync(string name, ReadOnlyMemory<byte> start, CancellationToken cancellation)
    {
        await using var content = new ElementStream(start, BlockAsync);
        var begun = isHex ? start.Length * 2L : start.Length * 4L / 3;
        var file = await reading.Sink!.SaveAsync(name, content, begun, cancellation);
        // The reader has to get past the element, even if the sink was content with less.
        await content.CopyToAsync(Stream.Null, cancellation);
        return JsonSerializer.SerializeToNode(file);
    }

    private Task<int> BlockAsync(byte[] buffer, int offset, int count) =>
        isHex
            ? reader.ReadElementContentAsBinHexAsync(buffer, offset, count)
            : reader.ReadElementContentAsBase64Async(buffer, offset, count);
}
