using System.Diagnostics.CodeAnalysis;

namespace Integration.Bus.RabbitMq;

/// <summary>Something is on the broker under the right name with other arguments.</summary>
/// <param name="message">What, and what to do about it.</param>
/// <param name="cause">What the broker said.</param>
[SuppressMessage("Design", "CA1032", Justification = "Without a name it would say nothing.")]
internal sealed class WrongArgumentsException(string message, Exception cause)
    : InvalidOperationException(message, cause);
