using System.Text.Json;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>What an error says beside category, code and message. The default value says nothing.</summary>
public readonly record struct ErrorFacts
{
    /// <summary>Whether the same request can succeed later unchanged; null leaves it to the category.</summary>
    public bool? Retryable { get; init; }

    /// <summary>Status by the connector convention; see <see cref="ErrorInfo.Status"/>.</summary>
    public int? Status { get; init; }

    /// <summary>How long the target asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was called, e.g. <c>https://api.example.com</c>.</summary>
    public string? Target { get; init; }

    /// <summary>More for an operator. Never a secret.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>See <see cref="TaskErrorException.EffectUnknown"/>.</summary>
    public bool EffectUnknown { get; init; }

    /// <summary>See <see cref="TaskErrorException.TargetWorks"/>.</summary>
    public bool TargetWorks { get; init; }
}
