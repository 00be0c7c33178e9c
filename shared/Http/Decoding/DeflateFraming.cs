namespace Integration.Http;

/// <summary>What stands around data that is packed with DEFLATE (RFC 1951).</summary>
internal abstract class DeflateFraming
{
    /// <summary>The name in <c>Content-Encoding</c>.</summary>
    public abstract string Coding { get; }

    /// <summary>What should follow the data; known at its end.</summary>
    public byte[] Trailer { get; protected set; } = [];

    /// <summary>Bytes that were taken for a head and belong to the data.</summary>
    public virtual byte[] TakenForHead => [];

    /// <summary>Whether zeros may follow.</summary>
    public virtual bool MayBePadded => false;

    /// <summary>Whether another one may follow, whose content goes on.</summary>
    public virtual bool MayBeRepeated => false;

    /// <summary>Takes the next byte of the head.</summary>
    /// <param name="next">The byte.</param>
    /// <param name="problem">Why it is no head; null when it may be one.</param>
    /// <returns>Whether the head is complete.</returns>
    public abstract bool TakeHead(byte next, out string? problem);

    /// <summary>Counts in what was unpacked.</summary>
    public abstract void Add(ArraySegment<byte> unpacked);

    /// <summary>All was unpacked; sets <see cref="Trailer"/>.</summary>
    public abstract void End();
}
