using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Definitions;

/// <summary>What an event waits for.</summary>
internal abstract record EventDefinition;

/// <param name="Code">The error code; null takes every business error.</param>
internal sealed record ErrorEventDefinition(string? Code) : EventDefinition;

/// <param name="Kind">Whether <paramref name="Value"/> is a span of time or a moment.</param>
/// <param name="Value">ISO 8601 text, or an expression that yields it.</param>
internal sealed record TimerEventDefinition(TimerKind Kind, FeelAttribute Value) : EventDefinition;

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
internal sealed record MessageEventDefinition(string Name, FeelAttribute CorrelationKey) : EventDefinition;
