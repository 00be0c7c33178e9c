using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Integration.Standalone.Clients;

/// <summary>The process core's HTTP API, as far as it is used here.</summary>
internal sealed class CoreClient(HttpClient http)
{
    public async Task<DeployedDefinition> DeployAsync(Stream bpmn, CancellationToken cancellation)
    {
        using var content = new StreamContent(bpmn);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        return await http.CallAsync(
            HttpMethod.Post,
            "definitions",
            content,
            ClientJson.Default.DeployedDefinition,
            cancellation
        );
    }

    public async Task<StartedInstance> StartAsync(
        string definition,
        string businessKey,
        JsonObject variables,
        CancellationToken cancellation
    )
    {
        var body = new JsonObject
        {
            ["definition"] = definition,
            ["businessKey"] = businessKey,
            ["variables"] = variables,
        };
        using var content = JsonContent.Create(body, ClientJson.Default.JsonObject);
        return await http.CallAsync(
            HttpMethod.Post,
            "instances",
            content,
            ClientJson.Default.StartedInstance,
            cancellation
        );
    }

    public Task<InstanceDetail> ShowAsync(string instanceId, CancellationToken cancellation) =>
        http.CallAsync(
            HttpMethod.Get,
            $"instances/{instanceId}",
            content: null,
            ClientJson.Default.InstanceDetail,
            cancellation
        );

    public Task<IReadOnlyList<HistoryEntry>> HistoryAsync(string instanceId, CancellationToken cancellation) =>
        http.CallAsync(
            HttpMethod.Get,
            $"instances/{instanceId}/history",
            content: null,
            ClientJson.Default.IReadOnlyListHistoryEntry,
            cancellation
        );
}

/// <summary>Answer to a deployment.</summary>
internal sealed record DeployedDefinition(string Id, int Version);

/// <summary>Answer to a start.</summary>
internal sealed record StartedInstance(string Id);

/// <summary>An instance as it stands: where it waits, and what a person must look at.</summary>
internal sealed record InstanceDetail(IReadOnlyList<OpenElement> Open, IReadOnlyList<InstanceIncident> Incidents);

/// <summary>An element that waits.</summary>
internal sealed record OpenElement(string Element);

/// <summary>An incident, with error treatment's failure where that holds the task.</summary>
internal sealed record InstanceIncident(string Element, string? FailureId);

/// <summary>One line of an instance's history.</summary>
internal sealed record HistoryEntry(DateTimeOffset At, string Type, string? Element, string? Detail);
