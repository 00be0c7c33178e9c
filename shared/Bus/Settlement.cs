namespace Integration.Bus;

/// <summary>What becomes of a delivery.</summary>
public enum Settlement
{
    /// <summary>Done: the broker forgets it. Only after everything that follows from it is confirmed.</summary>
    Acknowledge,

    /// <summary>Not done: the broker delivers it again, up to the pipe's delivery limit.</summary>
    Requeue,

    /// <summary>Cannot be done: to the dead-letter exchange, where error treatment finds it.</summary>
    DeadLetter,
}
