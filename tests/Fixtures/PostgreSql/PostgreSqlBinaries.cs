using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integration.Fixtures;

/// <summary>The programs of the Debian package. They refuse to run as root, so root runs them as user postgres.</summary>
internal static class PostgreSqlBinaries
{
    private const string Owner = "postgres";

    /// <summary>Whether there are any.</summary>
    public static bool AreInstalled => Folder is not null;

    private static string? Folder
    {
        get
        {
            const string Packages = "/usr/lib/postgresql";
            return Directory.Exists(Packages)
                ? Directory
                    .GetDirectories(Packages)
                    .Select(version => Path.Combine(version, "bin"))
                    .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                    .MaxBy(folder => folder, StringComparer.Ordinal)
                : null;
        }
    }

    public static string Find() =>
        Folder
        ?? throw new InvalidOperationException(
            "PostgreSQL is not installed. Install it with "
                + "'apt-get install -y --no-install-recommends postgresql', or run ./test.sh, which does."
        );

    /// <summary>Lets the user that runs the server use the folder.</summary>
    public static Task GiveAwayAsync(string folder) =>
        Environment.IsPrivilegedProcess ? RunAsync("chown", ["-R", $"{Owner}:{Owner}", folder]) : Task.CompletedTask;

    public static Process StartAsOwner(string program, params string[][] arguments) =>
        // setpriv becomes the program instead of starting it, so that the pid we hold is the server's.
        Environment.IsPrivilegedProcess
            ? Start(
                "setpriv",
                [$"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", program, .. arguments.SelectMany(a => a)]
            )
            : Start(program, arguments.SelectMany(a => a));

    public static async Task RunAsOwnerAsync(string program, params string[][] arguments) =>
        await SucceedAsync(StartAsOwner(program, arguments));

    public static async Task RunAsync(string program, IEnumerable<string> arguments) =>
        await SucceedAsync(Start(program, arguments));

    /// <summary>Reads what the process says, so that it never waits for a reader.</summary>
    public static Func<string> Collect(Process process)
    {
        var lines = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return () => string.Join('\n', lines);
    }

    private static async Task SucceedAsync(Process process)
    {
        using (process)
        {
            var output = Collect(process);
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException(
                    $"{process.StartInfo.FileName} ended with {process.ExitCode}:\n{output()}"
                );
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
    }
}
