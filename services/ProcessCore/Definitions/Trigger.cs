using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Definitions;

/// <summary>What an event waits for.</summary>
internal abstract record Trigger;

/// <param name="Code">The error code; null takes every business error.</param>
internal sealed record ErrorTrigger(string? Code) : Trigger;

/// <param name="Kind">Whether <paramref name="Value"/> is a span of time or a moment.</param>
/// <param name="Value">ISO 8601 text, or an expression that yields it.</param>
internal sealed record TimerTrigger(TimerKind Kind, FeelAttribute Value) : Trigger;

/// <summary>How a timer says when.</summary>
internal enum TimerKind
{
    /// <summary>From the moment that a token arrives.</summary>
    Duration,

    /// <summary>At that moment.</summary>
    Date,
}

/// <param name="Name">Message name.</param>
/// <param name="CorrelationKey">Yields what the message must carry to be meant for this instance.</param>
internal sealed record MessageTrigger(string Name, FeelAttribute CorrelationKey) : Trigger;
