namespace Integration.ProcessCore.Messaging;

/// <summary>What a result says it is about, to be held against the task that was asked for.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="ReplyTo">The engine that asked.</param>
/// <param name="Operation">Its operation; null where the event may leave it out.</param>
/// <param name="Version">Its version; null where the event does not carry it.</param>
internal sealed record ResultSubject(string TaskId, string ReplyTo, string? Operation, int? Version = null);
