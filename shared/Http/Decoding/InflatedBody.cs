using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Integration.Http;

/// <summary>
/// A body that was packed with <c>gzip</c> or <c>deflate</c>. Its final block is asked for; the checksum behind that only counts where
/// it is there, as some devices leave it away.
/// </summary>
/// <remarks>The framework's streams do not say whether they saw the final block, nor where it ended.</remarks>
internal sealed class InflatedBody(Stream packed, DeflateFraming framing, bool endsByClosing)
    : UnpackedBody(packed, framing.Coding, endsByClosing)
{
    private readonly Inflater _inflater = new(noHeader: true);
    private Part _part;
    private int _checked;

    private enum Part
    {
        Head,
        Content,
        Trailer,
        Padding,
    }

    protected override bool MayEnd => _part is Part.Trailer or Part.Padding;

    protected override int Unpack(ArraySegment<byte> output)
    {
        while (true)
        {
            switch (_part)
            {
                case Part.Content:
                    if (Inflate(output) is var written and > 0)
                        return written;
                    if (_part == Part.Content)
                        return 0;
                    break;
                case Part.Trailer when _checked == framing.Trailer.Length:
                    _part = Part.Padding;
                    break;
                case var _ when Packed.Count == 0:
                    return 0;
                case Part.Head:
                    Begin();
                    break;
                case Part.Trailer:
                    if (Take() != framing.Trailer[_checked++])
                        throw Broken("its checksum is another one");
                    break;
                default:
                    Follow();
                    break;
            }
        }
    }

    private void Begin()
    {
        if (!framing.TakeHead(Take(), out var problem))
        {
            if (problem is not null)
                throw Broken(problem);
            return;
        }

        _part = Part.Content;
        if (framing.TakenForHead is { Length: > 0 } content)
            _inflater.SetInput(content);
    }

    // Padding is taken as gzip itself does it.
    private void Follow()
    {
        var next = Take();
        if (next == 0 && framing.MayBePadded)
            return;
        if (!framing.MayBeRepeated || framing.TakeHead(next, out var problem) || problem is not null)
            throw Broken("more follows its end");
        _inflater.Reset();
        _checked = 0;
        _part = Part.Head;
    }

    private int Inflate(ArraySegment<byte> output)
    {
        while (true)
        {
            if (_inflater.IsFinished)
            {
                GiveBack(_inflater.RemainingInput);
                framing.End();
                _part = Part.Trailer;
                return 0;
            }

            // Its last bits may be all that it needs.
            if (Inflated(output) is var written and > 0)
            {
                framing.Add(output[..written]);
                return written;
            }

            if (_inflater.IsFinished)
                continue;
            if (!_inflater.IsNeedingInput)
                throw Broken("is not");
            var piece = Packed;
            if (piece.Count == 0)
                return 0;
            _inflater.SetInput(piece.Array!, piece.Offset, piece.Count);
            Take(piece.Count);
        }
    }

    private int Inflated(ArraySegment<byte> output)
    {
        try
        {
            return _inflater.Inflate(output.Array!, output.Offset, output.Count);
        }
        catch (Exception e) when (e is SharpZipBaseException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw Broken("is not", e);
        }
    }
}
