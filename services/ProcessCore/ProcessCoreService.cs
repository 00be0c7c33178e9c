using System.Text.Json.Serialization;
using Integration.Hosting;
using Integration.ProcessCore.Api;
using Integration.ProcessCore.Catalogue;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Messaging;
using Integration.ProcessCore.Persistence;
using Microsoft.Extensions.Options;

namespace Integration.ProcessCore;

/// <summary>The process core: runs BPMN processes, publishes task events, takes results.</summary>
public static class ProcessCoreService
{
    /// <summary>Where it listens on loopback unless configured otherwise.</summary>
    public const int Port = 5100;

    /// <summary>Builds the service.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Changes what is registered, e.g. for tests.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = IntegrationHost.CreateBuilder(args, new ServiceDescription("process-core", Port));
        builder.AddSettings<CoreOptions>(CoreOptions.Section);

        var services = builder.Services;
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CoreOptions>>().Value);
        services.AddSingleton(Schema.Migrations);
        services.AddSingleton(provider => new EngineSettings(
            provider.GetRequiredService<CoreOptions>().Name,
            provider.GetRequiredService<ServiceDescription>().Reference,
            provider.GetRequiredService<CoreOptions>().TaskDeadline
        ));
        services.AddSingleton<ProcessEngine>();
        services.AddSingleton<DefinitionStore>();
        services.AddSingleton<InstanceStore>();
        services.AddSingleton<InstanceWriter>();
        services.AddSingleton<Starts>();
        services.AddSingleton<MessageStore>();
        services.AddSingleton<Correlator>();
        services.AddSingleton<Expiry>();
        services.AddSingleton<Queries>();
        services.AddSingleton<ResultEvents>();
        services.AddSingleton<CoreMetrics>();
        services.AddSingleton<InboundEvents>();
        services.AddSingleton<Addressing>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<Unreadable>();
        services.AddSingleton<EventPatience>();
        // What the writer has begun is finished when everything that writes has stopped.
        services.AddComponent<Outgoing>();
        services.AddComponent<Writing>();
        services.AddComponent<Recurring<Outgoing>>();
        services.AddRecurring<DueWork>();
        services.AddRecurring<Housekeeping>();
        services.AddComponent<Messages>();
        services.AddComponent<Inbound>();
        services.AddSingleton<CatalogueStore>();
        services.AddComponent<CatalogueListener>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.MaxDepth = StateJson.Default.Options.MaxDepth;
        });
        configure?.Invoke(builder);

        var app = builder.BuildWithHealth();
        app.MapDefinitions();
        app.MapInstances();
        app.MapMessages();
        app.MapIncidents();
        app.MapCatalogue();
        return app;
    }
}
