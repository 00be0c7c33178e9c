using System.Diagnostics.CodeAnalysis;
using Integration.Egress;
using Integration.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Http;

/// <summary>Outgoing HTTP for a service.</summary>
public static class OutgoingHttp
{
    /// <summary>
    /// Registers the <see cref="HttpCaller"/> with its settings <c>Http</c>, and the <see cref="GuardedConnector"/> that its
    /// connections are opened by.
    /// </summary>
    public static WebApplicationBuilder AddOutgoingHttp(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddEgress();
        builder.AddSettings<HttpTransportOptions>(HttpTransportOptions.Section);
        builder.AddSettings<AuthenticationsOptions>(AuthenticationsOptions.Section);
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AuthenticationsOptions>, AuthenticationsCheck>();
        services.TryAddSingleton<AccessTokens>();
        services.TryAddSingleton<Authenticators>();
        services.TryAddSingleton(provider => new HttpTransport(
            provider.GetRequiredService<GuardedConnector>(),
            provider.GetRequiredService<EgressPolicy>(),
            provider.GetRequiredService<CertificateCheck>(),
            provider.GetRequiredService<IOptions<HttpTransportOptions>>().Value,
            provider.GetRequiredService<SecretMask>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()
        ));
        services.TryAddSingleton(provider => new HttpCaller(
            provider.GetRequiredService<HttpTransport>(),
            provider.GetRequiredService<Authenticators>(),
            provider.GetRequiredService<TimeProvider>(),
            Jitter
        ));
        return builder;
    }

    [SuppressMessage("Security", "CA5394", Justification = "Spreads retries; protects nothing.")]
    private static double Jitter() => Random.Shared.NextDouble();
}
