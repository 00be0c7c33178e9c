using Integration.Bus;
using Integration.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>
/// Brings the service up in order — tables, bus, components — while the health routes already answer, and down again in
/// the opposite one.
/// </summary>
internal sealed class ServiceRunner(
    ServiceDescription service,
    IDatabase database,
    IBus bus,
    IEnumerable<ComponentMigrations> migrations,
    IEnumerable<IServiceComponent> components,
    Readiness readiness,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ServiceRunner> log
) : BackgroundService
{
    private readonly Stack<IServiceComponent> _started = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await MigrateAsync(stoppingToken);
            await bus.StartAsync(stoppingToken);
            foreach (var component in components)
            {
                await component.StartAsync(stoppingToken);
                _started.Push(component);
            }

            readiness.Started = true;
            log.LogInformation("{Service} {Version} is ready.", service.Name, service.Version);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogInformation("{Service} was stopped before it was ready.", service.Name);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or StartRefusedException)
        {
            // A grant or a setting that is missing: its message is the whole story.
            readiness.Failure = e;
            log.LogCritical("{Service} cannot start: {Reason}", service.Name, e.Message);
            lifetime.StopApplication();
        }
        catch (Exception e)
        {
            readiness.Failure = e;
            log.LogCritical(e, "{Service} cannot start: {Reason}", service.Name, e.Message);
            lifetime.StopApplication();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        readiness.Started = false;
        await base.StopAsync(cancellationToken);
        while (_started.TryPop(out var component))
            await component.StopAsync(cancellationToken);
        log.LogInformation("{Service} has stopped.", service.Name);
    }

    private Task<bool> MigrateAsync(CancellationToken cancellation) =>
        // A database server may come up after us; a service that gives up only has to be started again.
        new Patience("The database does not answer", "The database answers again", time, log).TryAsync(
            async () =>
            {
                foreach (var component in migrations)
                    await database.MigrateAsync(component.Component, component.Migrations, cancellation);
                return true;
            },
            failed => ValueTask.FromResult(failed.Reason is not (StorageException or OperationCanceledException)),
            cancellation
        );
}
