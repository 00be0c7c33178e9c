using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Integration.Hosting;

/// <summary>
/// Traces, metrics and logs by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; without it nothing is recorded, and the traces of
/// others are passed on. The other <c>OTEL_*</c> variables of the specification apply as well.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] _sources =
    [
        "Integration.*",
        "System.Net.Http",
        "System.Net.NameResolution",
        "Microsoft.AspNetCore",
        "Npgsql",
    ];

    private static readonly string[] _meters =
    [
        "Integration.*",
        "System.Net.Http",
        "System.Runtime",
        "Microsoft.AspNetCore.Hosting",
        "Npgsql",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder, ServiceDescription service)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<PassedOnTraces>();
            return;
        }

        var resource = ResourceBuilder
            .CreateDefault()
            .AddService(
                $"integration.{service.Name}",
                serviceVersion: service.Version,
                serviceInstanceId: service.Instance
            );
        builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter());
        builder.Services.AddHostedService(provider => new Exporters(
            OpenTelemetry
                .Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(_sources)
                .AddProcessor(new MaskingProcessor(provider.GetRequiredService<SecretMask>()))
                .AddOtlpExporter()
                .Build(),
            OpenTelemetry
                .Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(_meters)
                .AddOtlpExporter()
                .Build()
        ));
    }

    private sealed class Exporters(TracerProvider traces, MeterProvider metrics) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(5_000);
            metrics.ForceFlush(5_000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces.Dispose();
            metrics.Dispose();
        }
    }
}
