using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>What a task is known by: an id says nothing without the engine that chose it.</summary>
/// <param name="Engine">The engine's name: <c>replyTo</c>.</param>
/// <param name="TaskId">The engine's id for it.</param>
internal readonly record struct TaskIdentity(string Engine, string TaskId)
{
    public static TaskIdentity Of(TaskRequested request) => new(request.ReplyTo, request.TaskId);
}
