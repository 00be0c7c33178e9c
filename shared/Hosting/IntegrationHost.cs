using Integration.Bus;
using Integration.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>What every deployed process has in common: configuration, bus, storage, health, telemetry, a clean end.</summary>
public static class IntegrationHost
{
    /// <summary>How long a service may take to finish what is in flight when it is stopped.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    private const string LoggingLibrary = "Microsoft.Extensions.Logging";
    private const string HealthCheckArgument = "--health-check";

    private static readonly string[] _asks = ["--help", "-h", "--version", HealthCheckArgument];

    /// <summary>A builder with everything common on it. What is registered later replaces what is here.</summary>
    /// <param name="args">The command line; <c>--Section__Name=value</c> goes before the environment.</param>
    /// <param name="service">Who it is.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, ServiceDescription service)
    {
        var builder = WebApplication.CreateSlimBuilder(SettingArguments.AsKeys(args));
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
            builder.WebHost.UseUrls($"http://127.0.0.1:{service.Port}");

        builder.AddConsole();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        // Why a start failed is said once, by RunAsync, and not with a stack trace before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        var services = builder.Services;
        services.AddSingleton<SecretMask>();
        services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(provider => new MaskingLoggerFactory(
                ActivatorUtilities.CreateInstance<LoggerFactory>(provider),
                provider.GetRequiredService<SecretMask>()
            ))
        );
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(service);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new EventMessages(
            service.Name,
            provider.GetRequiredService<TimeProvider>()
        ));
        builder.AddSettings<BusOptions>(BusOptions.Section);
        services.AddSingleton(provider =>
            BusFactory.Create(
                provider.GetRequiredService<IOptions<BusOptions>>().Value,
                service.Name,
                provider.GetRequiredService<ILoggerFactory>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetServices<IBusTransport>()
            )
        );
        services.AddSingleton(provider => TrustTable.Load(provider.GetRequiredService<IOptions<BusOptions>>().Value));
        builder.AddSettings<StorageOptions>(StorageOptions.Section);
        services.AddSingleton(provider =>
            DatabaseFactory.Create(provider.GetRequiredService<IOptions<StorageOptions>>().Value, service.Name)
        );
        builder.AddApiGuard();
        builder.AddApiAccess();
        builder.AddApiDescription();
        services.AddSingleton<Readiness>();
        services.AddHostedService<ServiceRunner>();
        builder.AddTelemetry(service);
        return builder;
    }

    /// <summary>Builds the application with its health routes and its description, and the guard in front of all that it will have.</summary>
    public static WebApplication BuildWithHealth(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseApiGuard();
        app.MapHealth();
        app.MapApiDescription();
        return app;
    }

    /// <summary>
    /// Binds a configuration section to its options, checks them at start, and lists them in <c>--help</c>.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="section">E.g. <c>Bus</c>: <c>Bus__Uri</c> in the environment, <c>--Bus__Uri=…</c> on the command line.</param>
    public static OptionsBuilder<T> AddSettings<T>(this WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        builder.Services.AddSingleton(new SettingsSection(section, typeof(T)));
        builder.Services.AddSingleton<IValidateOptions<T>>(new SettingsRules<T>(section));
        var values = builder.Configuration.GetSection(section);
        return builder.Services.AddOptions<T>().Configure(_ => Check(values, typeof(T))).Bind(values).ValidateOnStart();
    }

    // Before the binder, whose message names a type where the operator has to know what to write.
    private static void Check(IConfigurationSection values, Type options)
    {
        if (SettingValues.Problems(values, options).ToList() is { Count: > 0 } problems)
            throw new OptionsValidationException(values.Path, options, problems);
    }

    /// <summary>Starts a component with the service.</summary>
    public static IServiceCollection AddComponent<T>(this IServiceCollection services)
        where T : class, IServiceComponent
    {
        services.AddSingleton<T>();
        return services.AddSingleton<IServiceComponent>(provider => provider.GetRequiredService<T>());
    }

    /// <summary>
    /// The whole of a service's <c>Main</c>: answers <c>--help</c>, <c>--version</c>, <c>--health-check</c> and <c>token</c>, runs
    /// the service, and turns a start that cannot succeed into one clear line and an exit code.
    /// </summary>
    /// <returns>0 after a clean end, 1 when it failed, 2 when a setting or argument is wrong.</returns>
    public static Task<int> RunAsync(string[] args, Func<string[], WebApplication> create) =>
        WithClearErrorsAsync(async () =>
        {
            if (args is [TokenCommand.Word, .. var command])
                return await TokenCommand.RunAsync(command, create);

            string[] settings = [.. args.Where(arg => !_asks.Contains(arg))];
            await using var app = create(settings);
            if (args.Contains("--version", StringComparer.Ordinal))
            {
                Console.WriteLine(app.Services.GetRequiredService<ServiceDescription>().Version);
                return 0;
            }

            if (args.Any(arg => arg is "--help" or "-h"))
            {
                SettingsHelp.Write(Console.Out, app.Services);
                return 0;
            }

            if (ArgumentCheck.Problem(settings, app.Services) is { } problem)
            {
                await Console.Error.WriteLineAsync(problem);
                return 2;
            }

            if (UrlsCheck.Problem(app.Configuration) is { } wrong)
                return await WrongAsync([wrong]);

            if (args.Contains(HealthCheckArgument, StringComparer.Ordinal))
                return await HealthCheck.RunAsync(app);

            // Before anything that uses one of them, so that all problems are reported at once.
            app.Services.GetService<IStartupValidator>()?.Validate();
            // Asked for now: the services are gone when the run is over.
            var readiness = app.Services.GetRequiredService<Readiness>();
            await app.RunAsync();
            return readiness.Failure is null ? 0 : 1;
        });

    /// <summary>Turns a start that cannot succeed into one clear line and an exit code.</summary>
    /// <param name="run">Makes the service and works with it.</param>
    /// <returns>What <paramref name="run"/> returns; 1 when the address is taken, 2 when a setting is wrong.</returns>
    public static async Task<int> WithClearErrorsAsync(Func<Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            return await run();
        }
        catch (OptionsValidationException e)
        {
            return await WrongAsync(e.Failures);
        }
        // Of more than one section.
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return await WrongAsync(
                e.InnerExceptions.SelectMany(inner => ((OptionsValidationException)inner).Failures)
            );
        }
        catch (InvalidOperationException e)
            when (e.Source?.StartsWith(LoggingLibrary, StringComparison.Ordinal) == true)
        {
            await Console.Error.WriteLineAsync(
                $"Wrong setting: Logging__LogLevel: {e.Message} It must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}."
            );
            return 2;
        }
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"Wrong setting: {e.Message} {e.InnerException.Message}");
            return 2;
        }
        catch (Exception e) when (e is ArgumentException or StorageException)
        {
            await Console.Error.WriteLineAsync($"Wrong setting: {e.Message}");
            return 2;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Choose another with --urls=http://127.0.0.1:PORT.");
            return 1;
        }
    }

    private static async Task<int> WrongAsync(IEnumerable<string> failures)
    {
        foreach (var failure in failures)
            await Console.Error.WriteLineAsync($"Wrong setting: {failure}");
        return 2;
    }
}
