using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Integration.Hosting;

/// <summary>
/// The log on the console: one line each, with the trace that it belongs to. <c>Logging__Console__FormatterName=json</c> writes
/// lines of JSON instead.
/// </summary>
internal static class ConsoleLog
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static void AddConsole(this WebApplicationBuilder builder)
    {
        builder.Logging.AddConsole();
        // The host's own builder has chosen one format for all.
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
            console.FormatterName =
                builder.Configuration["Logging:Console:FormatterName"] ?? ConsoleFormatterNames.Simple
        );
        builder.Logging.Configure(log =>
            log.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId
        );
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            Complete(console, $"{Timestamp} ");
        });
        builder.Services.Configure<JsonConsoleFormatterOptions>(console => Complete(console, Timestamp));
    }

    private static void Complete(ConsoleFormatterOptions console, string timestamp)
    {
        console.IncludeScopes = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = timestamp;
    }
}
