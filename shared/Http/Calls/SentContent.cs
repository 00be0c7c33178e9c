namespace Integration.Http;

/// <summary>A body that knows whether it was handed to a connection: before that, the target has no whole request.</summary>
internal abstract class SentContent : HttpContent
{
    /// <summary>Whether a part of it may have left.</summary>
    public virtual bool Begun { get; protected set; }

    /// <summary>Whether it was read and cannot be read again.</summary>
    public virtual bool IsSpent => false;
}
