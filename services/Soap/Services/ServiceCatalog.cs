using System.Collections.Frozen;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;
using Integration.Sdk;
using Integration.Soap.Security;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Services;

/// <summary>The services that tasks may call.</summary>
internal sealed class ServiceCatalog(
    IOptions<SoapOptions> options,
    IWsdlReader reader,
    SecretMask mask,
    TimeProvider time,
    ILogger<ServiceCatalog> log
)
{
    private readonly FrozenDictionary<string, ConfiguredService> _services = options.Value.Services.ToFrozenDictionary(
        one => one.Key,
        one => new ConfiguredService(
            one.Key,
            one.Value,
            options.Value.WsdlRefresh,
            new ServiceSecurity(
                $"{SoapOptions.Section}__{nameof(SoapOptions.Services)}__{one.Key}",
                one.Value,
                mask,
                time
            ),
            reader,
            time,
            log
        ),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Null when it is not configured.</summary>
    public ConfiguredService? Find(string name) => _services.GetValueOrDefault(name);

    /// <exception cref="DataErrorException">Code <c>invalid-input</c>.</exception>
    public ConfiguredService Get(string name) =>
        _services.TryGetValue(name, out var service)
            ? service
            : throw InvalidInput.At(
                "service",
                $"is '{name}', which is not configured. "
                    + (
                        _services.Count == 0
                            ? $"No service is: set Soap__Services__{name}__Wsdl."
                            : $"Configured are: {string.Join(", ", _services.Keys.Order(StringComparer.Ordinal))}."
                    )
            );

    /// <summary>What an operation's settings say about repeating it; null for nothing.</summary>
    public Effect? EffectOf(string service, string operation)
    {
        if (!_services.TryGetValue(service, out var found))
            return null;
        return Names(found.Options.Reads, operation) ? Effect.Read
            : Names(found.Options.Idempotent, operation) ? Effect.Idempotent
            : null;
    }

    /// <summary>
    /// Host and port of the address that is called. As long as only the WSDL knows it, and that has not been read, it is the name of the
    /// service.
    /// </summary>
    public string TargetOf(string service, string? port, string operation)
    {
        var found = Get(service);
        if (found.Options.Address.Length > 0)
            return Target(new Uri(found.Options.Address));
        try
        {
            return found.Current is { } wsdl && found.AddressOf(found.PortOf(wsdl, port, operation)) is { } address
                ? Target(address)
                : $"soap service {found.Name}";
        }
        catch (DataErrorException)
        {
            // A wrong port is reported when the task is executed, as that of an unread WSDL is.
            return $"soap service {found.Name}";
        }
    }

    public static string Target(Uri address) => HostName.WithPort(address.Host, address.Port);

    private static bool Names(string list, string operation) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(name => name == "*" || name == operation);
}
