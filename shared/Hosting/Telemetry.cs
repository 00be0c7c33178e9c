using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Integration.Hosting;

/// <summary>
/// Traces, metrics and logs by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; without it nothing is recorded, see
/// <see cref="UnrecordedTraces"/>. The other <c>OTEL_*</c> variables of the specification apply as well.
/// </summary>
internal static class Telemetry
{
    /// <summary>Sources and meters of our own.</summary>
    private const string Own = "Integration.*";

    public static void AddTelemetry(this WebApplicationBuilder builder, ServiceDescription service)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<UnrecordedTraces>();
            return;
        }

        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService(
                    $"integration.{service.Name}",
                    serviceVersion: service.Version,
                    serviceInstanceId: service.Instance
                )
            )
            .WithTracing(traces =>
                traces
                    .AddSource(Own)
                    // A probe every few seconds would be most of what is recorded.
                    .AddAspNetCoreInstrumentation(api => api.Filter = request => !Health.IsProbe(request))
                    .AddHttpClientInstrumentation()
                    .AddNpgsql()
                    .AddProcessor(provider => new MaskingProcessor(provider.GetRequiredService<SecretMask>()))
            )
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(Own)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddNpgsqlInstrumentation()
                    .SetExemplarFilter(ExemplarFilterType.TraceBased)
            )
            .WithLogging()
            // After every processor, wherever it is added: what leaves is masked.
            .UseOtlpExporter();
    }
}
