using System.Text.Json;

namespace Integration.Sdk;

/// <summary>An operation with its input, ready to run once.</summary>
internal abstract class OperationCall(Effect effect) : IAsyncDisposable
{
    public Effect Effect { get; } = effect;

    internal abstract Task<JsonElement> ExecuteAsync(TaskContext task, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
