using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Clients;
using Integration.Standalone.Clients;
using Integration.Standalone.Running;
using Integration.Standalone.Samples;
using Integration.Standalone.Telling;

namespace Integration.Standalone;

/// <summary>Deploys and starts the samples, and shows what becomes of them.</summary>
internal sealed class Demonstration : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _often = TimeSpan.FromMilliseconds(100);

    // An operator takes a while.
    private static readonly TimeSpan _seldom = TimeSpan.FromMilliseconds(500);

    private readonly IRunningSystem _system;
    private readonly IScreen _screen;
    private readonly HttpClient _coreHttp;
    private readonly HttpClient _treatmentHttp;
    private readonly HttpClient _samplesHttp;
    private readonly IProcessCoreApi _core;
    private readonly IErrorTreatmentApi _treatment;
    private readonly SamplesClient _samples;

    public Demonstration(IRunningSystem system, IScreen screen)
    {
        _system = system;
        _screen = screen;
        _coreHttp = ApiClient.Http(system.Core.Address, system.Core.Token);
        _treatmentHttp = ApiClient.Http(system.Treatment.Address, system.Treatment.Token);
        _samplesHttp = new HttpClient { BaseAddress = system.SamplesHere };
        _core = ApiClient.Of<IProcessCoreApi>(_coreHttp);
        _treatment = ApiClient.Of<IErrorTreatmentApi>(_treatmentHttp);
        _samples = new SamplesClient(_samplesHttp);
    }

    /// <summary>Until it is asked to end; the user is the operator.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var tales = await StartAsync(cancellation);
        await Watch(tales, _often).UntilAsync(() => tales.All(tale => tale.State != TaleState.Running), cancellation);
        Guide.Outcome(_screen, tales);

        var waiting = tales.Where(tale => tale.State == TaleState.Waiting).ToList();
        foreach (var tale in waiting)
            Guide.Repair(_screen, _system, tale);
        Guide.WhereToLook(_screen, _system, tales[^1]);
        await Watch(waiting, _seldom).UntilAsync(() => waiting.All(tale => tale.IsOver), cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
        return true;
    }

    /// <summary>Plays the operator too; true when everything ended as expected.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        var tales = await StartAsync(cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            await EndAsync(tales, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _screen.Say($"Not everything has ended within {_patience.TotalSeconds:0} seconds.");
        }

        Guide.Outcome(_screen, tales);
        return await Verdict.SayAsync(_screen, tales, _samples, cancellation);
    }

    private async Task EndAsync(List<Tale> tales, CancellationToken cancellation)
    {
        await Watch(tales, _often).UntilAsync(() => tales.All(tale => tale.State != TaleState.Running), cancellation);
        var waiting = tales.Where(tale => tale.State == TaleState.Waiting).ToList();
        // A sample that was not expected to need an operator is not repaired by repeating it.
        if (waiting.Count == 0 || waiting.Exists(tale => !tale.Run.NeedsOperator))
            return;
        await RepairAsync(waiting, cancellation);
        await Watch(waiting, _often).UntilAsync(() => waiting.All(tale => tale.IsOver), cancellation);
    }

    private Watch Watch(IReadOnlyList<Tale> tales, TimeSpan pause) => new(tales, pause, _core, _treatment, _screen);

    private async Task<List<Tale>> StartAsync(CancellationToken cancellation)
    {
        foreach (var process in SampleProcess.All)
        {
            await using var file = process.Open();
            var deployed = await _core.DeployAsync(file, cancellation);
            _screen.Say($"Deployed {deployed.Id}, version {deployed.Version}.");
        }

        _screen.Say();
        var tales = new List<Tale>();
        foreach (var run in SampleRun.All)
        {
            var variables = (JsonObject)run.Variables.DeepClone();
            variables["systems"] = SampleSystems.Addresses(_system.Samples.Address);
            var started = await _core.StartAsync(
                new Start(
                    run.Definition,
                    JsonSerializer.SerializeToElement(variables, JsonSerializerOptions.Web),
                    run.BusinessKey
                ),
                cancellation: cancellation
            );
            var process = SampleProcess.All.Single(process => process.Id == run.Definition);
            tales.Add(new Tale(run, process, started.Id));
        }

        return tales;
    }

    private async Task RepairAsync(IReadOnlyList<Tale> waiting, CancellationToken cancellation)
    {
        _screen.Say();
        _screen.Say("Playing the operator: repairing the warehouse,");
        await _samples.RepairWarehouseAsync(cancellation);
        foreach (var tale in waiting)
        {
            _screen.Say($"and having error treatment send the task of {tale.Run.BusinessKey} again.");
            foreach (var failure in tale.Parked)
                await _treatment.RetryAsync(failure, new OperatorAction(By: "standalone --once"), cancellation);
        }

        _screen.Say();
    }

    public void Dispose()
    {
        _coreHttp.Dispose();
        _treatmentHttp.Dispose();
        _samplesHttp.Dispose();
    }
}
