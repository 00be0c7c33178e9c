namespace Integration.Contracts;

/// <summary>Sizes that every part of the system agrees on.</summary>
public static class Limits
{
    /// <summary>Largest body in bytes that is taken unless configured otherwise: 256 KiB. Larger content goes by reference.</summary>
    public const int Body = 256 * 1024;

    /// <summary>How much of an unreadable message is kept for an operator: 16 KiB.</summary>
    public const int SourceBody = 16 * 1024;

    /// <summary>Longest task id in characters.</summary>
    public const int TaskId = 200;

    /// <summary>Longest name or key of a process, a message, a request or a case in characters.</summary>
    public const int Name = 256;

    /// <summary>
    /// Longest task id, operation or engine in bytes of UTF-8: they become routing keys and properties, which are short strings
    /// of AMQP.
    /// </summary>
    public const int NameBytes = 230;

    /// <summary>
    /// How much larger a task may have become when error treatment sends it again, with its new attempt and deadline: services
    /// take that much over their limit.
    /// </summary>
    public const int Retry = 1024;

    /// <summary>Largest number of an attempt.</summary>
    public const int Attempt = 1_000_000;
}
