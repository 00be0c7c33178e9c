using Integration.Contracts;
using Integration.Errors;

namespace Integration.Soap.Envelope;

/// <summary>Keeps a message that is about to be signed, as long as it is not too large for that.</summary>
[Raises(
    ErrorCategory.Data,
    "message-too-large",
    "The message is to be signed, and is larger than the service takes into memory for that.",
    "Send less, or raise Soap__MaxSignedBytes. A service without a signature streams files of any size."
)]
internal sealed class LimitedBuffer(MemoryStream buffer, int limit) : WritingStream
{
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length + bytes.Length > limit)
        {
            throw new DataErrorException(
                "message-too-large",
                $"The message is larger than {limit} bytes, and has to be signed, for which it must be in memory. Send less, or raise "
                    + "Soap__MaxSignedBytes."
            )
            {
                Status = -1,
            };
        }

        buffer.Write(bytes);
    }
}
