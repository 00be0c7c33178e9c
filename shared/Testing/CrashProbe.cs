using Integration.Contracts;
using Integration.Sdk;

namespace Integration.Testing;

/// <summary>Lets a service die at a step: from there on it does nothing more, as if its process were gone.</summary>
internal sealed class CrashProbe : IPipelineProbe
{
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private PipelineStep? _at;

    public Task Crashed => _crashed.Task;

    public void CrashAt(PipelineStep step)
    {
        lock (_lock)
            _at = step;
    }

    public Task ReachedAsync(PipelineStep step, TaskRequested request, CancellationToken stopping)
    {
        lock (_lock)
        {
            if (_at != step && !_crashed.Task.IsCompleted)
                return Task.CompletedTask;
        }

        _crashed.TrySetResult();
        return Task.Delay(Timeout.Infinite, stopping);
    }
}
