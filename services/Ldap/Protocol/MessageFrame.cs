using System.Buffers.Binary;
using System.Formats.Asn1;

namespace Integration.Ldap.Protocol;

/// <summary>Where a message ends: its first bytes say how long it is (RFC 4511, 5.1: definite lengths only).</summary>
internal static class MessageFrame
{
    private const byte Sequence = 0x30;
    private const int LongestLength = 4;

    /// <summary>The length of the message with its first bytes; null while too few of those are there.</summary>
    /// <exception cref="AsnContentException">It is no LDAP.</exception>
    public static long? Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes[0] != Sequence)
            throw new AsnContentException("A message begins with another byte than 0x30.");
        if (bytes.Length < 2)
            return null;
        if (bytes[1] < 0x80)
            return 2 + bytes[1];
        var count = bytes[1] & 0x7F;
        if (count is 0 or > LongestLength)
            throw new AsnContentException("A message has a length that LDAP does not know.");
        if (bytes.Length < 2 + count)
            return null;
        Span<byte> length = stackalloc byte[LongestLength];
        length.Clear();
        bytes.Slice(2, count).CopyTo(length[(LongestLength - count)..]);
        return 2 + count + (long)BinaryPrimitives.ReadUInt32BigEndian(length);
    }
}
