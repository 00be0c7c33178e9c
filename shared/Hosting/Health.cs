using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary>The health routes of every service.</summary>
public static class Health
{
    /// <summary>The process runs: restart it when this does not answer.</summary>
    public const string Live = "/health/live";

    /// <summary>The service can work: broker, database and start-up are all right. 503 otherwise, saying what is not.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Whether a request only asks how the service is.</summary>
    internal static bool IsProbe(HttpContext request) =>
        request.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    // With as few escapes as JSON allows: people read it.
    private static readonly HealthJson _json = new(
        new JsonSerializerOptions(HealthJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Live, (RequestDelegate)LiveAsync)
            .WithMetadata(new HealthRoute(), ((Delegate)LiveAsync).Method)
            .AllowAnonymous()
            .WithSummary("Whether the process runs: restart it when this does not answer.");
        routes
            .MapGet(Ready, (RequestDelegate)ReadyAsync)
            // The method is what has the route described.
            .WithMetadata(
                new HealthRoute(),
                ((Delegate)ReadyAsync).Method,
                new ProducesResponseTypeMetadata(
                    StatusCodes.Status200OK,
                    typeof(ReadinessReport),
                    ["application/json"]
                ),
                new ProducesResponseTypeMetadata(
                    StatusCodes.Status503ServiceUnavailable,
                    typeof(ReadinessReport),
                    ["application/json"]
                )
            )
            .AllowAnonymous()
            .WithSummary("Whether the service can work, and what is missing when it cannot.");
    }

    private static Task LiveAsync(HttpContext context) => context.Response.WriteAsync("""{"status":"live"}""");

    private static async Task ReadyAsync(HttpContext context)
    {
        var readiness = context.RequestServices.GetRequiredService<Readiness>();
        var report = await readiness.CheckAsync(context.RequestAborted);
        context.Response.StatusCode =
            report.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(
            context.Response.Body,
            report,
            _json.ReadinessReport,
            context.RequestAborted
        );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
