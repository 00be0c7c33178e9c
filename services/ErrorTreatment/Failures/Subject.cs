using System.Security.Cryptography;
using Integration.ErrorTreatment.Storing;

namespace Integration.ErrorTreatment.Failures;

/// <summary>What a failure is about, as a key: everything that is told about the same thing meets in one record.</summary>
internal static class Subject
{
    public static string Task(string taskId) => Storable.Text($"task/{taskId}");

    /// <summary>By its id; without one by its content, so that a redelivery is recognised.</summary>
    public static string Message(StoredMessage message) =>
        message.Properties.MessageId is { Length: > 0 } id
            ? Storable.Text($"message/{id}")
            : $"body/{Convert.ToHexStringLower(SHA256.HashData(message.Body))}/{message.Size}";
}
