using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Integration.Hosting;

/// <summary>Puts the guard in front of an application's routes.</summary>
public static class ApiSetup
{
    private static readonly TimeSpan _headersWithin = TimeSpan.FromSeconds(10);

    /// <summary>Registers what it needs, and the limits of the server.</summary>
    public static void AddApiGuard(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSettings<ApiOptions>(ApiOptions.Section);
        builder.Services.TryAddSingleton<KnownHosts>();
        builder.Services.TryAddSingleton<CallerCheck>();
        builder.WebHost.ConfigureKestrel(Limit);
    }

    /// <summary>Guards every route of the application, those that are added later as well.</summary>
    public static void UseApiGuard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ApiGuard>();
        // Named here so that they stand behind the guard; the host would put them in front of everything.
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<BodyGuard>();
    }

    /// <summary>
    /// Refuses web pages and other names only, in front of routes that say what they take themselves.
    /// </summary>
    public static void UseCallerGuard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var caller = app.Services.GetRequiredService<CallerCheck>();
        app.Use(
            (context, next) =>
                caller.Refusal(context.Request, isHealth: false) is { } refusal
                    ? refusal.ExecuteAsync(context)
                    : next(context)
        );
    }

    // Written out although most are the server's own: they are part of what we promise. A request line is answered with 414 beyond
    // 8 KiB, headers with 431 beyond 32 KiB, and a body that trickles is cut off.
    private static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestLineSize = 8 * 1024;
        server.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        server.Limits.MaxRequestHeaderCount = 100;
        server.Limits.RequestHeadersTimeout = _headersWithin;
        server.Limits.MinRequestBodyDataRate = new MinDataRate(
            bytesPerSecond: 240,
            gracePeriod: TimeSpan.FromSeconds(5)
        );
    }
}
