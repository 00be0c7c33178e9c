using System.Collections.Concurrent;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>The tasks in work in this process, and those that were withdrawn before they began.</summary>
internal sealed class RunningTasks(TimeProvider time)
{
    /// <summary>The reason where the engine gives none.</summary>
    public const string Withdrawn = "The engine withdrew the task.";

    // News of a cancellation may come before the task itself does. Kept for a while, and not without end.
    private const int RememberedAtMost = 10_000;
    private static readonly TimeSpan _rememberedFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, TaskExecution> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Reason, long Until)> _withdrawn = new(StringComparer.Ordinal);

    public int Count => _running.Count;

    /// <summary>Takes the task; false, with the one at work, when this process has it in work already.</summary>
    public bool TryBegin(string taskId, out TaskExecution execution)
    {
        var mine = new TaskExecution(time);
        execution = _running.GetOrAdd(taskId, mine);
        if (execution != mine)
            return false;
        if (!_withdrawn.IsEmpty && _withdrawn.TryGetValue(taskId, out var withdrawn))
            mine.Cancel(withdrawn.Reason);
        return true;
    }

    public void End(string taskId, TaskExecution execution)
    {
        _running.TryRemove(KeyValuePair.Create(taskId, execution));
        execution.Dispose();
    }

    public void Cancel(TaskCancelled cancelled)
    {
        var reason = cancelled.Reason ?? Withdrawn;
        if (_withdrawn.Count >= RememberedAtMost)
            Forget();
        _withdrawn[cancelled.TaskId] = (reason, (time.GetUtcNow() + _rememberedFor).ToUnixTimeMilliseconds());
        if (_running.TryGetValue(cancelled.TaskId, out var execution))
            execution.Cancel(reason);
    }

    private void Forget()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (taskId, withdrawn) in _withdrawn)
        {
            if (withdrawn.Until <= now || _withdrawn.Count >= RememberedAtMost)
                _withdrawn.TryRemove(taskId, out _);
        }
    }
}
