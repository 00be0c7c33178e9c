using System.Diagnostics;

namespace Integration.Fixtures;

/// <summary>Where a release of RabbitMQ is installed, and how its server is run.</summary>
internal static class RabbitMqInstallation
{
    private const string Library = "/usr/lib/rabbitmq/lib";

    /// <summary>Whether the machine has one.</summary>
    public static bool IsThere => Directory.Exists(Library);

    /// <summary>
    /// Runs the script in the Debian 13 given as the first argument, which sees the node's folder under its own path. What is
    /// mounted for that is seen by nobody else, and goes with the last process.
    /// </summary>
    private const string InDebian13 = """
        set -e
        root=$1 folder=$2 script=$3 server=$4
        for each in proc dev; do mount --rbind "/$each" "$root/$each"; done
        mount -t tmpfs tmpfs "$root/tmp"
        mkdir -p "$root$folder"
        mount --bind "$folder" "$root$folder"
        exec chroot "$root" sh -c 'cd "$2" && exec sh -c "$0" "$1"' "$script" "$server" "$folder"
        """;

    /// <summary>A shell that runs the script with the server's own script as <c>$0</c>.</summary>
    /// <param name="release">Which one.</param>
    /// <param name="script">What to run.</param>
    /// <param name="folder">The node's, absolute.</param>
    public static async Task<ProcessStartInfo> ShellAsync(RabbitMqRelease release, string script, string folder)
    {
        if (release == RabbitMqRelease.Installed)
            return new ProcessStartInfo("sh", ["-c", script, ServerScript("/")]);
        var root = await PrepareAsync();
        return new ProcessStartInfo(
            "unshare",
            ["-m", "sh", "-c", InDebian13, "sh", root, folder, script, ServerScript(root)]
        );
    }

    /// <summary>
    /// The server script in RabbitMQ's own folder, as seen from within the root. The one on the path is a wrapper that switches
    /// to another user and to the system's folders.
    /// </summary>
    private static string ServerScript(string root) => Script(root, "rabbitmq-server");

    /// <summary>The script of <c>rabbitmqctl</c> of the installed release.</summary>
    public static string ControlScript() => Script("/", "rabbitmqctl");

    private static string Script(string root, string name)
    {
        var library = Path.Join(root, Library);
        var release = Directory.Exists(library)
            ? Directory
                .EnumerateDirectories(library, "rabbitmq_server-*")
                .OrderDescending(StringComparer.Ordinal)
                .FirstOrDefault(found => File.Exists(Path.Combine(found, "sbin", name)))
            : null;
        return release is not null
            ? Path.Combine(Library, Path.GetFileName(release), "sbin", name)
            : throw new InvalidOperationException(
                "This test needs a RabbitMQ server. Install it with: apt-get install --no-install-recommends rabbitmq-server"
            );
    }

    private static async Task<string> PrepareAsync()
    {
        var start = new ProcessStartInfo(RepositoryFolder.File("tests/Fixtures/debian13.sh"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var making = Process.Start(start)!;
        var (folder, reason) = (making.StandardOutput.ReadToEndAsync(), making.StandardError.ReadToEndAsync());
        await making.WaitForExitAsync();
        return making.ExitCode == 0
            ? (await folder).Trim()
            : throw new InvalidOperationException($"RabbitMQ 4 cannot be had: {(await reason).Trim()}");
    }
}
