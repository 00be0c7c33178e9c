using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Integration.Fixtures;

/// <summary>
/// The spans that a service of this process exports, as they are when they leave. The service is started with
/// <see cref="Endpoint"/>.
/// </summary>
public sealed class RecordedSpans : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = [];

    /// <summary>The setting that has spans recorded; no collector listens there.</summary>
    public static string Endpoint { get; } = $"--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{FreePort.Next()}";

    /// <summary>Attaches it, behind everything that the service does to its spans.</summary>
    public void AddTo(WebApplicationBuilder builder) =>
        builder.Services.ConfigureOpenTelemetryTracerProvider((_, traces) => traces.AddProcessor(this));

    /// <summary>A trace that is recorded, of which all that happens is a part until it is disposed.</summary>
    public static Activity Trace() =>
        new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }
            .SetIdFormat(ActivityIdFormat.W3C)
            .Start();

    /// <summary>Those of a trace: services of other tests are in the same process.</summary>
    public IReadOnlyList<Activity> Of(Activity trace) => [.. _spans.Where(span => span.TraceId == trace.TraceId)];

    /// <summary>All that is exported of a span.</summary>
    public static string TextOf(Activity span) =>
        string.Join(
            '\n',
            [
                span.DisplayName,
                $"{span.Status} {span.StatusDescription}",
                .. Tags(span.TagObjects),
                .. span.Events.SelectMany(happened => Tags(happened.Tags).Prepend(happened.Name)),
            ]
        );

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
            _spans.Enqueue(data);
    }

    private static IEnumerable<string> Tags(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"));
}
