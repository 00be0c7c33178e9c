using System.Diagnostics;

namespace Integration.Soap.Tests.Servers;

/// <summary>Packages of a Node server, from its lock file.</summary>
internal static class Npm
{
    public static async Task InstallAsync(string folder)
    {
        var start = new ProcessStartInfo("npm", ["ci"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm =
            Process.Start(start) ?? throw new InvalidOperationException("These tests need npm (Node 20 or later).");
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed: {await output}{await errors}");
    }
}
