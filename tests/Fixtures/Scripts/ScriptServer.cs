using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>
/// A server on a free loopback port that is a script in another language: what it understands of a request was written by
/// nobody here. It ends with the process that started it, however that ends.
/// </summary>
public sealed class ScriptServer : IAsyncDisposable
{
    private const string Supervise = """
        exec 3<&0
        "$0" "$@" </dev/null 3<&- &
        server=$!
        { cat <&3 >/dev/null; kill -KILL $server; } 2>/dev/null &
        exec 3<&-
        wait $server
        """;

    private readonly ConcurrentQueue<string> _output = [];
    private readonly Process _process;

    private ScriptServer(int port, string program, params string[] arguments)
    {
        Uri = new Uri($"http://127.0.0.1:{port}/");
        var start = new ProcessStartInfo("sh", ["-c", Supervise, program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Uri { get; }

    /// <summary>PHP's own web server (package php-cli), which answers every request by the script.</summary>
    /// <param name="script">Its path in the repository.</param>
    public static Task<ScriptServer> PhpAsync(string script)
    {
        var port = FreePort.Next();
        return ReadyAsync(
            new ScriptServer(
                port,
                "/usr/bin/php",
                "-d",
                "post_max_size=512M",
                "-d",
                "upload_max_filesize=512M",
                "-S",
                $"127.0.0.1:{port}",
                RepositoryFolder.File(script)
            )
        );
    }

    /// <summary>A Python script (package python3) that gets a port and a folder as its arguments.</summary>
    /// <param name="script">Its path in the repository.</param>
    /// <param name="folder">Whose files it serves.</param>
    public static Task<ScriptServer> PythonAsync(string script, string folder)
    {
        var port = FreePort.Next();
        return ReadyAsync(
            new ScriptServer(
                port,
                "/usr/bin/python3",
                "-W",
                "ignore",
                RepositoryFolder.File(script),
                port.ToString(CultureInfo.InvariantCulture),
                folder
            )
        );
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ScriptServer> ReadyAsync(ScriptServer server)
    {
        var started = Stopwatch.StartNew();
        while (!await server.AnswersAsync())
        {
            if (server._process.HasExited || started.Elapsed > Eventually.Patience)
            {
                var output = string.Join('\n', server._output);
                await server.DisposeAsync();
                throw new InvalidOperationException(
                    $"The server did not start. Is it installed? ./test.sh installs php-cli and python3.\n{output}"
                );
            }

            await Task.Delay(20);
        }

        return server;
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Uri.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
