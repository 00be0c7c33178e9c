using System.Diagnostics.CodeAnalysis;

namespace Integration.Bus.RabbitMq;

/// <summary>The broker's user lacks a permission, which no repetition will give it.</summary>
/// <param name="user">The user of the connection.</param>
/// <param name="grant">What is missing, e.g. <c>configure on 'integration.tasks'</c>.</param>
/// <param name="purpose">What it was needed for.</param>
/// <param name="answer">What the broker said.</param>
[SuppressMessage("Design", "CA1032", Justification = "Without what is missing it would say nothing.")]
internal sealed class MissingGrantException(string user, string grant, string purpose, string answer)
    : UnauthorizedAccessException(
        $"The broker's user '{user}' lacks the permission {grant}: {purpose}. Import the definitions of deploy/rabbitmq "
            + $"(deploy/README.md), or grant it. The broker says: {answer}"
    );
