using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Bus;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;
using Integration.Sdk;
using Json.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Integration.Fixtures;

/// <summary>What every service does when it starts, and what it refuses.</summary>
/// <param name="create">The composition root.</param>
public abstract class StartingService(Func<string[], WebApplication> create)
{
    [Fact]
    public async Task Starts_with_its_defaults_and_listens_on_loopback_only()
    {
        using var folder = new TemporaryFolder();
        await using var app = create(Arguments(folder));
        await app.StartAsync();
        app.Urls.ShouldHaveSingleItem().ShouldStartWith("http://127.0.0.1:");
        var ready = app.Services.GetRequiredService<Readiness>();
        await Eventually.TrueAsync(() => ready.Started);
        await app.StopAsync();
    }

    [Fact]
    public async Task Announces_contracts_that_take_the_examples_of_its_operations()
    {
        using var folder = new TemporaryFolder();
        await using var app = create(Arguments(folder));
        var heard = new TaskCompletionSource<ServiceAnnounced>(TaskCreationOptions.RunContinuationsAsynchronously);
        await app
            .Services.GetRequiredService<IBus>()
            .SubscribeAsync(
                new Pipe("announcements", [new Binding(Exchanges.Control, RoutingKeys.Announce("#"))]),
                (delivery, cancellation) =>
                {
                    delivery.TryRead(ContractJson.Default.ServiceAnnounced, Limits.Body, out var announced, out var _);
                    heard.TrySetResult(announced!);
                    return Task.FromResult(Settlement.Acknowledge);
                },
                CancellationToken.None
            );
        await app.StartAsync();

        var announced = await heard.Task.WaitAsync(Eventually.Patience);

        announced.ContractHash.ShouldNotBeNull();
        foreach (var operation in app.Services.GetRequiredService<OperationCatalog>().All)
        {
            var contract = announced.Contracts!.Single(one =>
                one.Name == operation.Name && one.Version == operation.Version
            );
            contract.Description.ShouldNotBeNullOrEmpty(operation.Name);
            contract.Inputs.GetProperty("properties").EnumerateObject().ShouldNotBeEmpty(operation.Name);
            var schema = JsonSchema.FromText(contract.Inputs.GetRawText());
            foreach (var example in operation.Examples)
            {
                var inputs = JsonNode.Parse(example.Inputs.GetRawText())!.AsObject();
                IsTaken(schema, inputs).ShouldBeTrue($"{operation.Name}: {example.Title}");
                // An optional input that is null counts as absent.
                foreach (var field in contract.Inputs.GetProperty("properties").EnumerateObject())
                    inputs.TryAdd(field.Name, null);
                foreach (var required in Required(contract.Inputs).Where(name => inputs[name] is null))
                    inputs.Remove(required);
                IsTaken(schema, inputs).ShouldBeTrue($"{operation.Name}: {example.Title}, with nulls: {inputs}");
                ShownOutputs
                    .Problem(contract.Outputs, example.Outputs.GetRawText())
                    .ShouldBeNull($"{operation.Name}: {example.Title}");
            }
        }

        await app.StopAsync();
    }

    private static bool IsTaken(JsonSchema schema, JsonNode json) =>
        schema.Evaluate(JsonElement.Parse(json.ToJsonString())).IsValid;

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(name => name.GetString()!)
            : [];

    [Fact]
    public async Task Calls_nothing_inside_unless_it_is_configured()
    {
        using var folder = new TemporaryFolder();
        await using var app = create(Arguments(folder));
        var connector = app.Services.GetRequiredService<GuardedConnector>();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            connector.ConnectAsync("localhost", 80, TimeSpan.FromSeconds(5), default)
        );
        error.Code.ShouldBe("egress-refused");
    }

    [Fact]
    public async Task Tells_a_web_page_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var app = create(Arguments(folder));
        await app.StartAsync();
        await GuardedRoutes.RefuseWebPagesAsync(app);
        await app.StopAsync();
    }

    /// <summary>The service does not start with these settings, and what it says contains the expected text.</summary>
    protected async Task<string> RefusesToStartAsync(string expected, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        await using var app = create([.. Arguments(folder), .. settings]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain(expected);
        return error.Message;
    }

    private static string[] Arguments(TemporaryFolder folder) =>
        [
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=InMemory",
            $"--Storage:ConnectionString=Data Source={folder.Combine("service.db")}",
        ];
}
