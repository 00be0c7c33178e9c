using System.Buffers;
using System.Text;

namespace Integration.Ldap.Names;

/// <summary>An attribute with its value in a name, e.g. <c>uid=ada</c>.</summary>
/// <param name="Type">Name of the attribute.</param>
/// <param name="Value">Its value, UTF-8 as a rule; null when the name has it in the form <c>#hex</c>.</param>
/// <param name="Hex">That form, as it was written.</param>
internal sealed record NameValue(string Type, byte[]? Value, string? Hex = null)
{
    /// <summary>What it is compared by: case and repeated spaces make no difference in attributes that name entries.</summary>
    public string Key =>
        Type.ToLowerInvariant()
        + "="
        + (
            Value is null
                ? $"#{Hex}".ToLowerInvariant()
                : string.Join(' ', Escaped(Value).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        );

    /// <summary>As RFC 4514, 2.4 writes it.</summary>
    public override string ToString() => $"{Type}={(Value is null ? $"#{Hex}" : Escaped(Value))}";

    private static string Escaped(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        for (var at = 0; at < value.Length; )
        {
            var known =
                Rune.DecodeFromUtf8(value[at..], out var rune, out var length) == OperationStatus.Done
                && !Rune.IsControl(rune);
            var atEdge = at == 0 || at + length == value.Length;
            if (!known)
                text.Append('\\').Append(string.Join('\\', Hexadecimal(value.Slice(at, length))));
            else if (IsSpecial(rune.Value, at == 0, atEdge))
                text.Append('\\').Append(rune);
            else
                text.Append(rune);
            at += length;
        }

        return text.ToString();
    }

    private static bool IsSpecial(int rune, bool first, bool atEdge) =>
        rune is '"' or '+' or ',' or ';' or '<' or '>' or '=' or '\\'
        || (rune == ' ' && atEdge)
        || (rune == '#' && first);

    private static IEnumerable<string> Hexadecimal(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexString(bytes).Chunk(2).Select(pair => new string(pair));
}
