using Integration.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Integration.Egress;

/// <summary>Outgoing connections of a service, whatever the protocol.</summary>
public static class GuardedEgress
{
    /// <summary>
    /// Registers the <see cref="GuardedConnector"/> and the <see cref="CertificateCheck"/> with their settings
    /// <c>Egress</c>, and the <see cref="Secrets"/>. Whatever opens a socket opens it there.
    /// </summary>
    public static WebApplicationBuilder AddEgress(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(GuardedConnector)))
            return builder;
        builder.AddSettings<EgressOptions>(EgressOptions.Section);
        services.TryAddSingleton<INameResolver, SystemNameResolver>();
        services.TryAddSingleton(provider => new EgressPolicy(
            provider.GetRequiredService<IOptions<EgressOptions>>().Value
        ));
        services.TryAddSingleton<GuardedConnector>();
        services.TryAddSingleton(provider => new CertificateCheck(
            provider.GetRequiredService<IOptions<EgressOptions>>().Value.TrustedAuthorities,
            provider.GetRequiredService<TimeProvider>()
        ));
        builder.AddSettings<SecretsOptions>(SecretsOptions.Section);
        services.AddSingleton<IValidateOptions<SecretsOptions>, SecretsCheck>();
        services.TryAddSingleton<Secrets>();
        return builder;
    }
}
