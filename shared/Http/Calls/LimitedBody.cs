namespace Integration.Http;

/// <summary>Reads a body up to a limit, and not one buffer further: what is too large never lies in memory.</summary>
internal static class LimitedBody
{
    private const int Block = 16 * 1024;

    /// <returns>The bytes, unpacked, and whether they are all.</returns>
    /// <exception cref="UnreadableBodyException">It is not what its headers say.</exception>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsComplete)> ReadAsync(
        HttpResponseMessage answer,
        int limit,
        CancellationToken cancellation
    )
    {
        // What the target announces is a hint for the first buffer only; compressed bodies grow.
        var expected = Math.Clamp(answer.Content.Headers.ContentLength ?? Block, 0, Math.Min(limit, Block * 4));
        var buffer = new byte[(int)expected + 1];
        var length = 0;
        await using var stream = await DecodedBody.OpenAsync(answer, cancellation);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            length += read;
            if (read == 0)
                return (buffer.AsMemory(0, length), true);
            if (length > limit)
                return (buffer.AsMemory(0, limit), false);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));
        }
    }
}
