using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>
/// Before anything else starts: takes over the tokens of the settings, and ends a service that other machines can reach
/// and that cannot find out who calls. A service with health routes only has nothing to guard, and starts.
/// </summary>
internal sealed class StartCheck(
    ServiceDescription service,
    IOptions<ApiOptions> options,
    OpenDoor door,
    TokenStore tokens,
    EndpointDataSource routes,
    IServer server,
    IHostApplicationLifetime lifetime
) : IServiceComponent
{
    public async Task StartAsync(CancellationToken cancellation)
    {
        await tokens.KeepConfiguredAsync(options.Value.Tokens, cancellation);
        if (options.Value.AllowAnonymous || !HasRoutesToGuard() || await door.CanAskAsync(cancellation))
            return;
        await ListeningAsync(cancellation);
        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses.Where(url => !IsLoopback(url)).ToList();
        if (open is { Count: > 0 })
            throw new StartRefusedException(
                $"It listens on {string.Join(", ", open)}, where other machines can reach it, and cannot find out who calls. "
                    + $"Make a token ('token new NAME --role administrator' on its command line), set Api__Tokens__NAME__Hash and "
                    + $"Api__Tokens__NAME__Role, or Api__Jwt__Authority and Api__Jwt__Audience; or listen on loopback "
                    + $"(Urls=http://127.0.0.1:{service.Port}). Api__AllowAnonymous=true lets every caller in that can reach it."
            );
    }

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    // The only moment at which every address is known, wherever it was configured. Until the service has started, no route but the
    // health routes answers.
    private async Task ListeningAsync(CancellationToken cancellation)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(cancellation);
    }

    private bool HasRoutesToGuard() =>
        routes
            .Endpoints.OfType<RouteEndpoint>()
            .Any(route =>
                route.Metadata.GetMetadata<HealthRoute>() is null
                && route.Metadata.GetMetadata<DescriptionRoute>() is null
            );

    // "http://+:8080" is no URI; a socket in the file system is on this machine.
    internal static bool IsLoopback(string url) =>
        url.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)
        || (
            Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (
                address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))
            )
        );
}

/// <summary>The service must not start as it is configured; the message is the whole story.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
