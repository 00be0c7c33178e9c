using System.Text.Json.Nodes;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

/// <summary>The service in its real pipeline, on the clock of the system: its targets are real, and so are timeouts.</summary>
public sealed class RestFixture : IAsyncLifetime
{
    public ServiceHarness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Service = await ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            "--Rest:RetryDelay=00:00:00.02"
        );

    public Task<TaskAnswer> CallAsync(object inputs) => Service.RunAsync("rest.request", inputs);

    /// <summary>Inputs as JSON, with the address of a target put into them.</summary>
    public Task<TaskAnswer> CallAsync(string json, Uri? url = null)
    {
        var inputs = JsonNode.Parse(json)!.AsObject();
        if (url is not null)
            inputs["url"] = url.ToString();
        return CallAsync((object)inputs);
    }

    public ValueTask DisposeAsync() => Service?.DisposeAsync() ?? ValueTask.CompletedTask;
}
