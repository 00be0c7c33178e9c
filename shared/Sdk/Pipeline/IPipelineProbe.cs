using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>Watches the pipeline step by step, and may hold it there: how the testing kit lets a process die.</summary>
public interface IPipelineProbe
{
    /// <summary>The pipeline goes on when this completes.</summary>
    Task ReachedAsync(PipelineStep step, TaskRequested request, CancellationToken stopping);
}
