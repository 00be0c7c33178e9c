using System.Reflection;
using Integration.Contracts;

namespace Integration.Hosting;

/// <summary>Who a deployed process is.</summary>
/// <param name="Name">E.g. <c>rest</c>: names its queue, its database and its telemetry.</param>
/// <param name="Port">Where it listens on loopback when <c>Urls</c> is not configured; 0 takes a free port.</param>
public sealed record ServiceDescription(string Name, int Port = 0)
{
    /// <summary>Version of the entry assembly.</summary>
    public string Version { get; init; } =
        (Assembly.GetEntryAssembly() ?? typeof(ServiceDescription).Assembly)
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0.0.0";

    /// <summary>This run of it; different after every start.</summary>
    public string Instance { get; init; } =
        $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>As it stands in events.</summary>
    public ServiceReference Reference => new(Name, Version, Instance);
}
