using System.Text.Json;

namespace Integration.Sdk;

/// <summary>An operation with its input, ready to run once.</summary>
internal abstract class OperationCall(Effect effect, string? target) : IAsyncDisposable
{
    public Effect Effect { get; } = effect;

    public string? Target { get; } = target;

    internal abstract Task<JsonElement> ExecuteAsync(TaskContext task, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
