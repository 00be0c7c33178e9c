using System.Text;
using System.Text.Json;

namespace Integration.Journeys.Tests;

/// <summary>The process core's interface.</summary>
public sealed class CoreApi(Uri url) : Api(url)
{
    /// <summary>Deploys the process of this folder that most journeys take: ask a shop for a price, then place the order.</summary>
    public async Task DeployOrderAsync() =>
        await DeployAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "order.bpmn")));

    public Task<JsonElement> DeployAsync(string bpmn) =>
        PostAsync<JsonElement>("/definitions", new StringContent(bpmn, Encoding.UTF8, "application/xml"));

    /// <param name="shop">Where to order.</param>
    /// <param name="article">What to order; also the business key.</param>
    /// <param name="idempotent">Whether the shop is told a key by which it knows a repeated order.</param>
    public Task<string> OrderAsync(Shop shop, string article, bool idempotent = true) =>
        StartAsync(
            "order",
            new
            {
                target = shop.Url,
                article,
                key = idempotent ? Shop.KeyHeader : null,
            },
            article
        );

    /// <returns>The instance's id.</returns>
    public async Task<string> StartAsync(string definition, object variables, string? businessKey = null)
    {
        var started = await PostAsync<JsonElement>(
            "/instances",
            Json(
                new
                {
                    definition,
                    businessKey,
                    variables,
                }
            )
        );
        return started.GetProperty("id").GetString()!;
    }

    public Task<Instance> InstanceAsync(string id) => GetAsync<Instance>($"/instances/{id}");

    public Task<Instance> UntilAsync(string id, Action<Instance> expect) => UntilAsync(() => InstanceAsync(id), expect);

    public Task<Instance> CompletedAsync(string id) =>
        UntilAsync(
            id,
            instance =>
            {
                instance.State.ShouldBe("completed", instance.ToString());
                instance.Incidents.ShouldBeEmpty();
            }
        );

    /// <summary>Waits until the instance has one incident, and returns it.</summary>
    public async Task<Incident> IncidentAsync(string id, string kind) =>
        (
            await UntilAsync(
                id,
                instance => instance.Incidents.ShouldHaveSingleItem(instance.ToString()).Kind.ShouldBe(kind)
            )
        ).Incidents[0];

    public Task<IReadOnlyList<Incident>> IncidentsAsync() => GetAsync<IReadOnlyList<Incident>>("/incidents");

    /// <summary>Each line as <c>type element</c>.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(string id) =>
        [
            .. (await GetAsync<IReadOnlyList<HistoryLine>>($"/instances/{id}/history")).Select(line =>
                $"{line.Type} {line.Element}".TrimEnd()
            ),
        ];

    public Task<Instance> CancelAsync(string id) => PostAsync<Instance>($"/instances/{id}/cancel");

    public Task<Instance> RetryAsync(Incident incident) => PostAsync<Instance>($"/incidents/{incident.Id}/retry");

    private sealed record HistoryLine(string Type, string? Element);
}

/// <summary>A process instance.</summary>
public sealed record Instance(string Id, string State, JsonElement Variables, IReadOnlyList<Incident> Incidents)
{
    public override string ToString() => $"{State} {Variables} {string.Join(", ", Incidents)}";
}

/// <summary>What a person must look at.</summary>
public sealed record Incident(
    string Id,
    string Kind,
    string Element,
    string Code,
    string Message,
    string InstanceId,
    string? TaskId,
    string? FailureId
);
