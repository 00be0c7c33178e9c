using System.Text;

namespace Integration.Bus.RabbitMq.Frames;

/// <summary>
/// A table of AMQP as the client would give it, except for what the client cannot decode: that is null, and said. A table
/// and a list know their length, so that what is wrong within one costs nothing that comes after it.
/// </summary>
internal static class FieldTable
{
    /// <summary>Deeper than anything that is read of headers; x-death has three.</summary>
    private const int Deepest = 8;

    /// <summary>The largest scale that the client takes.</summary>
    private const byte LargestScale = 28;

    /// <param name="bytes">Without its length.</param>
    /// <param name="undecodable">The first thing that the client cannot decode.</param>
    public static Dictionary<string, object?> Read(ReadOnlySpan<byte> bytes, out string? undecodable)
    {
        undecodable = null;
        return Table(bytes, 1, ref undecodable);
    }

    private static Dictionary<string, object?> Table(ReadOnlySpan<byte> bytes, int depth, ref string? undecodable)
    {
        var table = new Dictionary<string, object?>(StringComparer.Ordinal);
        var reader = new AmqpReader(bytes);
        try
        {
            while (reader.Left > 0)
            {
                var name = reader.ShortString();
                table[name] = Value(ref reader, name, depth, ref undecodable);
            }
        }
        catch (InvalidDataException e)
        {
            undecodable ??= $"a table of headers is broken: {e.Message}";
        }

        return table;
    }

    private static List<object?> List(ReadOnlySpan<byte> bytes, string name, int depth, ref string? undecodable)
    {
        var list = new List<object?>();
        var reader = new AmqpReader(bytes);
        try
        {
            while (reader.Left > 0)
                list.Add(Value(ref reader, name, depth, ref undecodable));
        }
        catch (InvalidDataException e)
        {
            undecodable ??= $"the list in the header '{Short(name)}' is broken: {e.Message}";
        }

        return list;
    }

    private static object? Value(ref AmqpReader reader, string name, int depth, ref string? undecodable)
    {
        var type = (char)reader.Octet();
        switch (type)
        {
            case 'S':
                return reader.LongString().ToArray();
            case 'x':
                reader.LongString();
                return null;
            case 'F':
                return depth < Deepest
                    ? Table(reader.LongString(), depth + 1, ref undecodable)
                    : Skipped(reader.LongString(), name, ref undecodable);
            case 'A':
                return depth < Deepest
                    ? List(reader.LongString(), name, depth + 1, ref undecodable)
                    : Skipped(reader.LongString(), name, ref undecodable);
            case 'V':
                return null;
            case 't':
                return reader.Octet() != 0;
            case 'b':
                return (sbyte)reader.Octet();
            case 'B':
                return reader.Octet();
            case 's':
                return (short)reader.Short();
            case 'u':
                return reader.Short();
            case 'I':
                return (int)reader.Long();
            case 'i':
                return reader.Long();
            case 'l' or 'L':
                return (long)reader.LongLong();
            case 'f':
                reader.Long();
                return null;
            case 'd' or 'T':
                reader.LongLong();
                return null;
            case 'D':
                if (reader.Octet() is var scale and > LargestScale)
                    undecodable ??= $"the header '{Short(name)}' is a decimal with {scale} places";
                reader.Long();
                return null;
            default:
                throw new InvalidDataException(
                    $"the header '{Short(name)}' is of the type 0x{(int)type:X2}, which AMQP 0-9-1 does not have"
                );
        }
    }

    private static object? Skipped(ReadOnlySpan<byte> bytes, string name, ref string? undecodable)
    {
        if (bytes.Length > 0)
            undecodable ??= $"the header '{Short(name)}' is nested more than {Deepest} times";
        return null;
    }

    private static string Short(string name)
    {
        const int Longest = 40;
        var shown = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(Longest))
            shown.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        return shown.ToString();
    }
}
