namespace Integration.Sdk;

/// <summary>What may happen when it is not known whether a call reached the external system.</summary>
public enum Effect
{
    /// <summary>Changes nothing there; repeated freely.</summary>
    Read,

    /// <summary>Repeated with the same <see cref="TaskContext.IdempotencyKey"/>, and still has its effect only once.</summary>
    Idempotent,

    /// <summary>Never repeated on a guess: an unknown outcome is <c>in-doubt</c>, and an operator decides.</summary>
    Once,
}
