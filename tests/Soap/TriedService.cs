using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Soap.Tests;

/// <summary>The built service as a process of its own that does one task.</summary>
internal static class TriedService
{
    public static ServiceProcess Launch(
        IEnumerable<string> settings,
        string operation,
        object inputs,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var variables = settings
            .Select(setting => setting[2..].Split('=', 2))
            .GroupBy(setting => setting[0], StringComparer.Ordinal)
            .ToDictionary(
                setting => setting.Key.Replace(":", "__", StringComparison.Ordinal),
                setting => setting.Last()[1],
                StringComparer.Ordinal
            );
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            variables[name] = value;
        return ServiceProcess.Launch("Soap", variables, null, "--try", operation, JsonSerializer.Serialize(inputs));
    }
}
