using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Sql.Running;

namespace Integration.Sql.Values;

/// <summary>Rows as JSON, up to a size.</summary>
[Raises(
    ErrorCategory.Volumetric,
    "answer-too-large",
    "The rows are more than `Sql__MaxAnswerBytes`, or one in a file more than `Sql__MaxRowBytes`. A change was undone.",
    "Select less, name a `fileStore`, or raise the limit."
)]
internal abstract class RowWriter : IDisposable
{
    private readonly string _setting;
    private readonly int _most;

    /// <param name="most">Bytes that may be written.</param>
    /// <param name="setting">That sets the bound.</param>
    protected RowWriter(int most, string setting)
    {
        (_most, _setting) = (most, setting);
        Json = new Utf8JsonWriter(
            Buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    /// <summary>Where a row's columns are written to.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>What may still be added.</summary>
    public int BytesLeft => Math.Max(0, _most - Bytes);

    /// <summary>What was added.</summary>
    public int Bytes => (int)(Json.BytesCommitted + Json.BytesPending);

    protected ArrayBufferWriter<byte> Buffer { get; } = new();

    /// <exception cref="VolumetricErrorException">They are too many bytes by now.</exception>
    public void CheckSize()
    {
        if (Bytes > _most)
            throw TooLarge();
    }

    public VolumetricErrorException TooLarge() =>
        new(
            "answer-too-large",
            $"The answer is larger than {_most} bytes. Select fewer rows or columns, save it to a file, or raise {_setting}."
        );

    /// <summary>The row that was written is whole.</summary>
    public abstract ValueTask EndRowAsync(CancellationToken cancellation);

    /// <summary>All rows are written.</summary>
    public abstract StatementResult End(long affected, bool truncated);

    public void Dispose() => Json.Dispose();
}
