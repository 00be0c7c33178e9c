using System.Text.Json;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Engine;

namespace Integration.ProcessCore.Persistence;

/// <summary>Begins process instances, whichever way they were asked for.</summary>
internal sealed class Starts(DefinitionStore definitions, InstanceWriter writer)
{
    public const string UnknownDefinition = "unknown-definition";

    public async Task<StartResult> StartAsync(StartRequest request, TraceContext trace, CancellationToken cancellation)
    {
        if (await definitions.FindAsync(request.Definition, request.Version, cancellation) is not { } definition)
            return Refused(
                UnknownDefinition,
                request.Version is { } version
                    ? $"Version {version} of the definition \"{request.Definition}\" is not deployed, or was withdrawn. Deploy it, or leave the version out."
                    : $"The definition \"{request.Definition}\" is not deployed, or was withdrawn. Deploy it first."
            );
        if (definition.Model.PlainStart is not { } start)
            return Refused("no-plain-start", WayIn(definition));

        var command = new Start(
            Guid.CreateVersion7().ToString(),
            start.Id,
            request.Variables,
            request.BusinessKey,
            request.Tenant,
            trace.Parent,
            request.RequestId,
            request.ReplyTo
        )
        {
            By = request.By,
        };
        var outcome = await writer.DoAsync(new StartWork(definition, command, request.RequestId, trace), cancellation);
        return new StartResult(outcome.InstanceId, outcome.Kind == WorkResultKind.Done, definition.Version);
    }

    /// <summary>Whether the request has started an instance before.</summary>
    public Task<bool> IsKnownAsync(string requestId, CancellationToken cancellation) =>
        Inbox.HasAsync(writer.Database, requestId, cancellation);

    private static StartResult Refused(string code, string text) => new("", false, 0, new StartProblem(code, text));

    private static string WayIn(ProcessDefinition definition) =>
        $"The process \"{definition.Id}\" is only started by a message: "
        + string.Join(", ", definition.Model.MessageStarts.Select(start => $"\"{start.Message}\""))
        + ". Send that message.";
}

/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">A certain version; otherwise the latest.</param>
/// <param name="RequestId">Repeating it starts nothing a second time.</param>
/// <param name="ReplyTo">Who gets the event about what becomes of the instance.</param>
/// <param name="By">The caller of the API, when it is known who that is.</param>
internal sealed record StartRequest(
    string Definition,
    int? Version,
    string? BusinessKey,
    JsonElement Variables,
    string? RequestId,
    string? Tenant,
    string? ReplyTo = null,
    string? By = null
);

/// <param name="InstanceId">The instance.</param>
/// <param name="IsNew">False when the request had started it before.</param>
/// <param name="Version">Version of the definition.</param>
/// <param name="Problem">Why nothing was started.</param>
internal sealed record StartResult(string InstanceId, bool IsNew, int Version, StartProblem? Problem = null);

/// <param name="Code">Stable and machine-readable.</param>
/// <param name="Text">What is wrong and the way out.</param>
internal sealed record StartProblem(string Code, string Text);
