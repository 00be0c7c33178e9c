using Integration.Standalone.Samples;

namespace Integration.Standalone.Running;

/// <summary>Services that run already, elsewhere; only the sample systems are in this process.</summary>
internal sealed class RemoteSystem : IRunningSystem, IAsyncDisposable
{
    private readonly WebApplication _samples;

    /// <summary>Builds it; nothing runs yet.</summary>
    /// <param name="core">The process core.</param>
    /// <param name="treatment">Error treatment.</param>
    /// <param name="samples">Where the services call the sample systems; they listen on its port, on all interfaces.</param>
    public RemoteSystem(Place core, Place treatment, Place samples)
    {
        (Core, Treatment, Samples) = (core, treatment, samples);
        _samples = SampleSystems.Create($"http://+:{samples.Address.Port}");
    }

    public Place Core { get; }

    public Place Treatment { get; }

    public Place Samples { get; }

    public Uri SamplesHere => new($"http://127.0.0.1:{Samples.Address.Port}");

    /// <summary>Returns when the sample systems can be called.</summary>
    public Task StartAsync(CancellationToken cancellation) => _samples.StartAsync(cancellation);

    public ValueTask DisposeAsync() => _samples.DisposeAsync();
}
