using System.Text;
using System.Xml;

namespace Integration.Xml;

/// <summary>
/// The text of an XML document that comes as bytes: in the character set of its byte order mark, otherwise in the one that it was said
/// to be in, otherwise in the one that it declares, otherwise in utf-8. The framework's reader would put other characters in the place
/// of bytes that do not fit; here reading them fails.
/// </summary>
/// <param name="content">Stays its owner's; read no further than was asked for, but for its declaration.</param>
/// <param name="told">The character set that is named beside it; null for none.</param>
internal sealed class XmlBytes(Stream content, Encoding? told) : TextReader
{
    // At least as long as a declaration may be.
    private readonly byte[] _bytes = new byte[2 * Charsets.MaxDeclarationBytes];
    private int _held;
    private Decoder? _decoder;
    private char[] _text = [];
    private int _given;
    private int _length;
    private bool _isOver;

    private bool IsEmpty => _given == _length;

    public override int Peek()
    {
        Fill();
        return IsEmpty ? -1 : _text[_given];
    }

    public override int Read()
    {
        Fill();
        return IsEmpty ? -1 : _text[_given++];
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        Fill();
        return Take(buffer);
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) =>
        ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (IsEmpty && !_isOver)
            Decode(await content.ReadAsync(_bytes.AsMemory(_held), cancellationToken).ConfigureAwait(false));
        return Take(buffer.Span);
    }

    private void Fill()
    {
        while (IsEmpty && !_isOver)
            Decode(content.Read(_bytes.AsSpan(_held)));
    }

    private int Take(Span<char> buffer)
    {
        var count = Math.Min(buffer.Length, _length - _given);
        _text.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private void Decode(int read)
    {
        _held += read;
        _isOver = read == 0;
        var bytes = _bytes.AsSpan(0, _held);
        var isStart = _decoder is null;
        if (isStart)
        {
            if (!_isOver && MaySayMore(bytes))
                return;
            var encoding = EncodingOf(bytes);
            _decoder = encoding.GetDecoder();
            _text = new char[encoding.GetMaxCharCount(_bytes.Length)];
        }

        _length = _decoder!.GetChars(bytes, _text, flush: _isOver);
        _given = isStart && _length > 0 && _text[0] == '\uFEFF' ? 1 : 0;
        _held = 0;
    }

    private static bool MaySayMore(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < "<?xml"u8.Length)
            return true;
        if (!bytes.StartsWith("<?xml"u8) || bytes.IndexOf("?>"u8) >= 0)
            return false;
        if (bytes.Length >= Charsets.MaxDeclarationBytes)
            throw new XmlException(
                $"Its declaration (<?xml …?>) does not end within {Charsets.MaxDeclarationBytes} bytes."
            );
        return true;
    }

    private Encoding EncodingOf(ReadOnlySpan<byte> start)
    {
        if (Charsets.Marked(start) is { } marked)
            return marked;
        if (told is not null)
            return told;
        var name = Charsets.OfXml(start);
        try
        {
            return Charsets.Get(name ?? "utf-8");
        }
        catch (ArgumentException e)
        {
            throw new XmlException($"It declares the encoding '{name}', which is not known.", e);
        }
    }
}
