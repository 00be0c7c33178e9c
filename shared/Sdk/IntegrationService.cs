using Integration.Hosting;
using Integration.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>An integration service: operations, the pipeline they run in, and everything common to all services.</summary>
public static class IntegrationService
{
    /// <summary>The whole of a service's <c>Main</c>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="name">Lower case; names queue, database and telemetry.</param>
    /// <param name="configure">Adds the operations and what they need.</param>
    /// <returns>The exit code; see <see cref="IntegrationHost.RunAsync"/>.</returns>
    public static Task<int> RunAsync(string[] args, string name, Action<WebApplicationBuilder> configure) =>
        RunAsync(args, (rest, further) => Create(rest, new ServiceDescription(name), configure + further));

    /// <summary>The same for a service with a composition root of its own.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="create">The composition root; what it is given is applied last.</param>
    public static Task<int> RunAsync(
        string[] args,
        Func<string[], Action<WebApplicationBuilder>?, WebApplication> create
    ) =>
        TryCommand.IsWanted(args)
            ? TryCommand.RunAsync(args, create)
            : IntegrationHost.RunAsync(args, rest => create(rest, null));

    /// <summary>The service, ready to be run.</summary>
    public static WebApplication Create(
        string[] args,
        ServiceDescription description,
        Action<WebApplicationBuilder>? configure
    )
    {
        var builder = CreateBuilder(args, description);
        configure?.Invoke(builder);
        return builder.BuildWithHealth();
    }

    /// <summary>A builder with the pipeline on it.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, ServiceDescription description)
    {
        var builder = IntegrationHost.CreateBuilder(args, description);
        builder.AddSettings<PipelineOptions>(PipelineOptions.Section);
        builder.AddSettings<TargetOptions>(TargetOptions.Section);
        builder.Services.AddSingleton(TryCommand.Help);

        var services = builder.Services;
        services.AddSingleton(JournalTables.Migrations);
        services.AddSingleton(AskedTables.Migrations);
        services.AddSingleton(provider => new Journal(
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<TimeProvider>(),
            description.Instance
        ));
        services.AddSingleton(provider => new OperationCatalog(provider.GetServices<OperationDescription>()));
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<OperationContracts>();
        services.AddSingleton<RunningTasks>();
        services.AddSingleton<Targets>();
        services.AddSingleton<OutcomeEvents>();
        // A task waits, unsettled: the pipe comes to rest at its prefetch, and no delivery is wasted.
        services.AddSingleton(provider => new Patience(
            "The journal does not answer",
            "The journal answers again",
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PatientJournal>>()
        ));
        services.AddSingleton<AskedTasks>();
        services.AddSingleton<Asking>();
        services.AddSingleton<Answers>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<AnswerPipe>();
        services.AddSingleton<PatientJournal>();
        services.AddSingleton<OutcomeMask>();
        services.AddSingleton<ErrorOutcomes>();
        services.AddSingleton<TaskExecutor>();
        services.AddSingleton<TaskPipeline>();
        services.AddRecurring<JournalPurge>();
        services.AddRecurring<WaitingCensus>();
        services.AddComponent<ControlListener>();
        services.AddComponent<TaskConsumers>();
        services.AddRecurring<Presence>();
        return builder;
    }

    /// <summary>Adds an operation.</summary>
    /// <exception cref="ArgumentException">The class is no operation; the message names the way out.</exception>
    public static WebApplicationBuilder AddOperation<TOperation>(this WebApplicationBuilder builder)
        where TOperation : class
    {
        builder.Services.AddSingleton(OperationDescription.Of(typeof(TOperation)));
        return builder;
    }
}
