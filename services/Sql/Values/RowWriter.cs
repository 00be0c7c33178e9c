using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Integration.Sdk;

namespace Integration.Sql.Values;

/// <summary>Rows as JSON, up to a size.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly int _maxBytes;
    private bool _ended;

    public RowWriter(int maxBytes)
    {
        _maxBytes = maxBytes;
        Json = new Utf8JsonWriter(
            _buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        Json.WriteStartArray();
    }

    /// <summary>Where a row's columns are written to.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>What may still be added.</summary>
    public int BytesLeft => (int)Math.Max(0, _maxBytes - Json.BytesCommitted - Json.BytesPending);

    /// <exception cref="VolumetricErrorException">They are too many bytes by now.</exception>
    public void CheckSize()
    {
        if (Json.BytesCommitted + Json.BytesPending > _maxBytes)
            throw TooLarge(_maxBytes);
    }

    public static VolumetricErrorException TooLarge(int most) =>
        new(
            "answer-too-large",
            $"The answer is larger than {most} bytes. Select fewer rows or columns, or raise Sql__MaxAnswerBytes."
        );

    public IReadOnlyList<JsonElement> End()
    {
        if (!_ended)
        {
            Json.WriteEndArray();
            Json.Flush();
            _ended = true;
        }

        return [.. JsonElement.Parse(_buffer.WrittenSpan).EnumerateArray()];
    }

    public void Dispose() => Json.Dispose();
}
