using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.ErrorTreatment.Storing;

namespace Integration.ErrorTreatment.Failures;

/// <summary>What a failure is about, as a key: all reports about the same thing meet in one record.</summary>
internal static class Subject
{
    private const string Collisions = "collision/";

    /// <summary>
    /// Of the engine that has used this id first, as far as is known here. The record says which one that is: see
    /// <see cref="Failure.IsOf"/>.
    /// </summary>
    public static string Task(string taskId) => Storable.Text($"task/{taskId}");

    /// <summary>Of any further engine with a task of this id.</summary>
    public static string Task(string engine, string taskId) =>
        Storable.Text($"engine/{engine.Length}/{engine}/{taskId}");

    /// <summary>Where a task's record may be: its engine's own comes first.</summary>
    public static IReadOnlyList<string> OfTask(string? engine, string taskId) =>
        string.IsNullOrEmpty(engine) ? [Task(taskId)] : [Task(engine, taskId), Task(taskId)];

    /// <summary>By its id; without one by its content, so that a redelivery is recognised.</summary>
    public static string Message(StoredMessage message) =>
        message.Properties.MessageId is { Length: > 0 } id
            ? Storable.Text($"message/{id}")
            : $"body/{Convert.ToHexStringLower(SHA256.HashData(message.Body))}/{message.Size}";

    /// <summary>A request whose id belongs to another task: by its message, never by the id.</summary>
    public static string Collision(string? messageId, TaskRequested request) =>
        messageId is { Length: > 0 }
            ? Storable.Text($"{Collisions}{messageId}")
            : $"{Collisions}body/{Convert.ToHexStringLower(SHA256.HashData(Bytes(request)))}";

    public static bool IsCollision(string subject) => subject.StartsWith(Collisions, StringComparison.Ordinal);

    private static byte[] Bytes(TaskRequested request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Default.TaskRequested);
}
