using System.Text;
using System.Text.Json;
using Integration.Clients;

namespace Integration.Journeys.Tests;

/// <summary>The process core's interface.</summary>
public sealed class CoreApi(Uri url) : Api<IProcessCoreApi>(url)
{
    /// <summary>Deploys the process of this folder that most journeys take: ask a shop for a price, then place the order.</summary>
    public async Task DeployOrderAsync() =>
        await DeployAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "order.bpmn")));

    public async Task<Definition> DeployAsync(string bpmn)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(bpmn));
        return await Client.DeployAsync(file);
    }

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
    public async Task<string> StartAsync(string definition, object variables, string? businessKey = null) =>
        (
            await Client.StartAsync(
                new Start(
                    definition,
                    JsonSerializer.SerializeToElement(variables, JsonSerializerOptions.Web),
                    businessKey
                )
            )
        ).Id;

    public Task<Instance> InstanceAsync(string id) => Client.InstanceAsync(id);

    public Task<Instance> UntilAsync(string id, Action<Instance> expect) =>
        Api.UntilAsync(() => InstanceAsync(id), expect);

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

    public async Task<IReadOnlyList<Incident>> IncidentsAsync() => (await Client.IncidentsAsync()).Content!;

    /// <summary>Each line as <c>type element</c>.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(string id) =>
        [.. (await Client.HistoryAsync(id)).Select(line => $"{line.Type} {line.Element}".TrimEnd())];

    public Task<Instance> CancelAsync(string id) => Client.CancelAsync(id, new Cancel());

    public Task<Instance> RetryAsync(Incident incident) => Client.RetryAsync(incident.Id);
}
