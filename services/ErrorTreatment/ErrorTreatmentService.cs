using Integration.ErrorTreatment.Api;
using Integration.ErrorTreatment.Intake;
using Integration.ErrorTreatment.Scheduling;
using Integration.ErrorTreatment.Sending;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Telemetry;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Integration.ErrorTreatment;

/// <summary>
/// The shared error treatment: takes every error, retries what may pass, parks the rest for an operator and
/// reports it to the engine.
/// </summary>
public static class ErrorTreatmentService
{
    /// <summary>Where it listens on loopback unless configured.</summary>
    public const int Port = 5101;

    /// <summary>Builds the service.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts, such as the bus when several services share one process.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = IntegrationHost.CreateBuilder(args, new ServiceDescription("error-treatment", Port));
        builder.AddSettings<TreatmentOptions>(TreatmentOptions.Section);

        var services = builder.Services;
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TreatmentOptions>>().Value);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton(new ComponentMigrations(Schema.Component, Schema.Migrations));
        services.AddSingleton<TreatmentTable>();
        services.AddSingleton<Dispatch>();
        services.AddSingleton<Treatment>();
        services.AddSingleton<FailureTables>();
        services.AddSingleton<FailureQueries>();
        services.AddSingleton<Alarms>();
        services.AddSingleton<TreatmentMetrics>();
        services.AddSingleton<Aftermath>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<Authors>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<UnroutedReader>();
        services.AddSingleton<DeadReader>();
        services.AddRecurring<Publishing>();
        services.AddRecurring<Schedule>();
        services.AddRecurring<Retention>();
        services.AddRecurring<Census>();
        services.AddComponent<Intake.Intake>();
        services.AddFailureApi();

        configure?.Invoke(builder);
        var app = builder.BuildWithHealth();
        app.MapFailures();
        return app;
    }
}
