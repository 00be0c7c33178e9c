using System.Globalization;
using System.Text.Json;

namespace Integration.Fixtures;

/// <summary>A built service as a process of its own that does one task (<c>--try</c>).</summary>
public static class TriedService
{
    /// <summary>Starts it.</summary>
    /// <param name="service">Its folder in <c>services/</c>, e.g. <c>S3</c>.</param>
    /// <param name="settings">As on a command line, e.g. <c>--S3:PartBytes=1</c>; they become environment variables.</param>
    /// <param name="operation">E.g. <c>s3.put-object</c>.</param>
    /// <param name="inputs">Written as JSON.</param>
    /// <param name="environment">Further environment variables.</param>
    public static ServiceProcess Launch(
        string service,
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
        return ServiceProcess.Launch(service, variables, null, "--try", operation, JsonSerializer.Serialize(inputs));
    }

    /// <summary>The most memory that it ever had, in MB, once its task has completed.</summary>
    /// <exception cref="InvalidOperationException">The task failed; the message is what the process wrote.</exception>
    public static async Task<long> PeakAsync(
        string service,
        IEnumerable<string> settings,
        string operation,
        object inputs
    )
    {
        await using var process = Launch(service, settings, operation, inputs);
        long peak = 0;
        while (!process.Ended.IsCompleted)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.Delay(10);
        }

        if (await process.Ended != 0 || peak == 0)
            throw new InvalidOperationException($"{operation} ended with {await process.Ended}:\n{process.Log}");
        return peak / 1024;
    }

    // In kB; 0 when the process has just ended.
    private static long Peak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(
                    line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture
                );
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
