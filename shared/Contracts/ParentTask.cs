namespace Integration.Contracts;

/// <summary>The task that a task was asked for by: an operation may ask another service.</summary>
/// <param name="TaskId">The outer task.</param>
/// <param name="ReplyTo">The engine that asked for the outer task.</param>
/// <param name="Operation">The outer task's operation, for a person.</param>
public sealed record ParentTask(string TaskId, string ReplyTo, string? Operation = null);
