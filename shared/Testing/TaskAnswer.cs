using System.Text.Json;
using Integration.Contracts;

namespace Integration.Testing;

/// <summary>What a service answered to one delivery of a task: exactly one of the four events.</summary>
/// <param name="Request">What was asked.</param>
public sealed record TaskAnswer(TaskRequested Request)
{
    // Absent stands for null in what was written, so reading must not insist.
    private static readonly JsonSerializerOptions _reading = new(OperationJson.Options)
    {
        RespectRequiredConstructorParameters = false,
        RespectNullableAnnotations = false,
    };

    /// <summary>The work is done.</summary>
    public TaskCompleted? Completed { get; init; }

    /// <summary>A business error.</summary>
    public TaskRejected? Rejected { get; init; }

    /// <summary>A technical failure.</summary>
    public TaskErrored? Errored { get; init; }

    /// <summary>The end of a task that was withdrawn, or whose inner task was given up.</summary>
    public TaskFailed? Failed { get; init; }

    /// <summary>The AMQP property <c>type</c>, e.g. <c>task.completed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The outputs as the operation's record.</summary>
    /// <exception cref="InvalidOperationException">The task was not completed; the message says what happened.</exception>
    public T Outputs<T>() =>
        (
            Completed
            ?? throw new InvalidOperationException($"Not completed but {Type}: {Error ?? Rejected?.Error.Message}")
        ).Outputs.Deserialize<T>(_reading)!;

    /// <summary>Category, code and message of a technical failure, in one line.</summary>
    public string? Error =>
        (Errored?.Error ?? Failed?.Error) is { } error
            ? $"{RoutingKeys.Name(error.Category)} {error.Code}: {error.Message}"
            : null;
}
