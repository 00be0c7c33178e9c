using System.ComponentModel;
using System.Diagnostics;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>Programs that the deployment files are tried with.</summary>
internal static class Programs
{
    /// <summary>Runs a program in the root of the repository.</summary>
    /// <returns>Its exit code and output, errors included; null when it is not installed.</returns>
    public static async Task<(int ExitCode, string Output)?> TryRunAsync(
        IReadOnlyDictionary<string, string> environment,
        string program,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RepositoryFolder.Root,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a program that must be there and succeed; returns its output.</summary>
    public static async Task<string> RunAsync(
        IReadOnlyDictionary<string, string> environment,
        string program,
        params string[] arguments
    )
    {
        var (exitCode, output) =
            await TryRunAsync(environment, program, arguments)
            ?? throw new InvalidOperationException($"{program} is not installed.");
        exitCode.ShouldBe(0, output);
        return output;
    }

    /// <summary>A value for every variable of .env.example, each its own.</summary>
    public static Dictionary<string, string> Passwords() =>
        File.ReadAllLines(RepositoryFolder.File(".env.example"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .ToDictionary(line => line.TrimEnd('='), _ => Guid.NewGuid().ToString("N"));
}
