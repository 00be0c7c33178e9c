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

    // Stands for every engine: no engine has it as its name.
    private const string AnyEngine = "";

    private readonly ConcurrentDictionary<TaskIdentity, TaskExecution> _running = new();
    private readonly ConcurrentDictionary<TaskIdentity, (string Reason, long Until)> _withdrawn = new();

    public int Count => _running.Count;

    /// <summary>Takes the task; false, with the one at work, when this process has it in work already.</summary>
    public bool TryBegin(TaskIdentity task, out TaskExecution execution)
    {
        var mine = new TaskExecution(time);
        execution = _running.GetOrAdd(task, mine);
        if (execution != mine)
            return false;
        if (
            !_withdrawn.IsEmpty
            && (
                _withdrawn.TryGetValue(task, out var withdrawn)
                || _withdrawn.TryGetValue(task with { Engine = AnyEngine }, out withdrawn)
            )
        )
            mine.Cancel(withdrawn.Reason);
        return true;
    }

    public void End(TaskIdentity task, TaskExecution execution)
    {
        _running.TryRemove(KeyValuePair.Create(task, execution));
        execution.Dispose();
    }

    /// <param name="cancelled">What is withdrawn.</param>
    /// <param name="engine">The engine that withdraws it; null withdraws every engine's task of that id.</param>
    public void Cancel(TaskCancelled cancelled, string? engine)
    {
        var reason = cancelled.Reason ?? Withdrawn;
        if (_withdrawn.Count >= RememberedAtMost)
            Forget();
        var task = new TaskIdentity(engine ?? AnyEngine, cancelled.TaskId);
        _withdrawn[task] = (reason, (time.GetUtcNow() + _rememberedFor).ToUnixTimeMilliseconds());
        if (engine is not null)
        {
            if (_running.TryGetValue(task, out var execution))
                execution.Cancel(reason);
            return;
        }

        foreach (var (running, execution) in _running)
        {
            if (running.TaskId == cancelled.TaskId)
                execution.Cancel(reason);
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (task, withdrawn) in _withdrawn)
        {
            if (withdrawn.Until <= now || _withdrawn.Count >= RememberedAtMost)
                _withdrawn.TryRemove(task, out _);
        }
    }
}
