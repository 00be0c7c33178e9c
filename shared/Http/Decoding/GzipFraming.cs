using System.Buffers.Binary;
using ICSharpCode.SharpZipLib.Checksum;

namespace Integration.Http;

/// <summary>gzip (RFC 1952): members with a head, and a checksum and the length behind it.</summary>
internal sealed class GzipFraming : DeflateFraming
{
    private const int FixedBytes = 10;

    private readonly Crc32 _checksum = new();
    private readonly byte[] _lengthOfExtra = new byte[2];
    private uint _size;
    private Field _field;
    private int _at;
    private int _flags;

    // In the order in which they stand; those after the fixed ones are there when their flag is set.
    private enum Field
    {
        Fixed,
        LengthOfExtra,
        Extra,
        Name,
        Comment,
        Checksum,
        None,
    }

    public override string Coding => "gzip";

    public override bool MayBePadded => true;

    public override bool MayBeRepeated => true;

    public override bool TakeHead(byte next, out string? problem)
    {
        problem = null;
        var at = _at++;
        switch (_field)
        {
            case Field.Fixed:
                if (!IsRight(next, at))
                    problem = "is not";
                if (at == 3)
                    _flags = next;
                if (_at == FixedBytes)
                    Go(Field.LengthOfExtra);
                break;
            case Field.LengthOfExtra:
                _lengthOfExtra[at] = next;
                if (_at == _lengthOfExtra.Length)
                    Go(BinaryPrimitives.ReadUInt16LittleEndian(_lengthOfExtra) > 0 ? Field.Extra : Field.Name);
                break;
            case Field.Extra:
                if (_at == BinaryPrimitives.ReadUInt16LittleEndian(_lengthOfExtra))
                    Go(Field.Name);
                break;
            case Field.Name or Field.Comment:
                if (next == 0)
                    Go(_field + 1);
                break;
            default:
                if (_at == 2)
                    Go(Field.None);
                break;
        }

        if (_field != Field.None || problem is not null)
            return false;
        (_field, _at, _size) = (Field.Fixed, 0, 0);
        _checksum.Reset();
        return true;
    }

    public override void Add(ArraySegment<byte> unpacked)
    {
        _checksum.Update(unpacked);
        _size += (uint)unpacked.Count;
    }

    public override void End()
    {
        Trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(Trailer, (uint)_checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(Trailer.AsSpan(4), _size);
    }

    // Magic number, method and no reserved flags; time and system may be anything.
    private static bool IsRight(byte next, int at) =>
        at switch
        {
            0 => next == 0x1F,
            1 => next == 0x8B,
            2 => next == 8,
            3 => (next & 0xE0) == 0,
            _ => true,
        };

    private void Go(Field field)
    {
        while (!IsThere(field))
            field++;
        (_field, _at) = (field, 0);
    }

    private bool IsThere(Field field) =>
        field switch
        {
            Field.LengthOfExtra => (_flags & 4) != 0,
            Field.Extra => (_flags & 4) != 0,
            Field.Name => (_flags & 8) != 0,
            Field.Comment => (_flags & 16) != 0,
            Field.Checksum => (_flags & 2) != 0,
            _ => true,
        };
}
