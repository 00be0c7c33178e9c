using System.Diagnostics;
using System.Text;

namespace Integration.Journeys.Tests;

/// <summary>A command as a reader of the documentation types it.</summary>
public static class Command
{
    // Some build and restore, on whatever machine this is.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(30);

    /// <summary>Runs it in a shell and returns what it wrote, both streams.</summary>
    public static async Task<(int Code, string Text)> RunAsync(
        string folder,
        string command,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\n{command}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var text = new StringBuilder();
        try
        {
            text.Append(await shell.StandardOutput.ReadToEndAsync().WaitAsync(_patience));
            await shell.WaitForExitAsync();
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }

        return (shell.ExitCode, text.ToString());
    }

    /// <summary>The same, where only success will do.</summary>
    public static async Task<string> SucceedAsync(
        string folder,
        string command,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var (code, text) = await RunAsync(folder, command, environment);
        return code == 0 ? text : throw new InvalidOperationException($"{command}\nended with {code}:\n{text}");
    }
}
