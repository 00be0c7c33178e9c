using System.Text.Json;
using Integration.Contracts;

namespace Integration.Testing;

/// <summary>What a played service says about a task that the tested one has asked for.</summary>
public sealed record InnerAnswer
{
    private InnerAnswer() { }

    /// <summary>No answer, for now or for ever.</summary>
    public static InnerAnswer Nothing { get; } = new();

    internal JsonElement? Outputs { get; private init; }

    internal BusinessError? Error { get; private init; }

    internal ErrorInfo? GivenUp { get; private init; }

    internal ErrorInfo? Parked { get; private init; }

    internal string FailureId { get; } = Guid.CreateVersion7().ToString();

    /// <summary><c>task.completed</c>.</summary>
    /// <param name="outputs">Written as JSON, names as they are.</param>
    public static InnerAnswer Completed(object outputs) =>
        new() { Outputs = JsonSerializer.SerializeToElement(outputs) };

    /// <summary><c>task.rejected</c>.</summary>
    public static InnerAnswer Rejected(string code, string message = "The test rejects it.", object? data = null) =>
        new()
        {
            Error = new BusinessError(code, message, data is null ? null : JsonSerializer.SerializeToElement(data)),
        };

    /// <summary><c>task.failed</c>, as when an operator gives it up.</summary>
    public static InnerAnswer Failed(ErrorInfo error) => new() { GivenUp = error };

    /// <summary><c>task.incident</c>, as when it waits for an operator.</summary>
    public static InnerAnswer Incident(ErrorInfo error) => new() { Parked = error };
}
