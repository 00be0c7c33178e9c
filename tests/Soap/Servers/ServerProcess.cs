using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Integration.Fixtures;

namespace Integration.Soap.Tests.Servers;

/// <summary>A server on loopback as a process of its own. It ends with the process that started it, however that ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Supervise = """
        "$0" "$@" 2>&1 </dev/null & pid=$!
        cat >/dev/null
        kill -KILL "$pid" 2>/dev/null
        wait
        """;

    private readonly StringBuilder _log = new();
    private readonly Process _shell;

    private ServerProcess(int port, Process shell)
    {
        Port = port;
        _shell = shell;
        shell.OutputDataReceived += (_, line) =>
        {
            lock (_log)
                _log.AppendLine(line.Data);
        };
        shell.BeginOutputReadLine();
    }

    public int Port { get; }

    public Uri Uri => new($"http://127.0.0.1:{Port}/");

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts it and returns when it accepts connections.</summary>
    public static async Task<ServerProcess> StartAsync(int port, string folder, params string[] command)
    {
        var start = new ProcessStartInfo("sh", ["-c", Supervise, .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        var shell =
            Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} is not installed: see test.sh.");
        var server = new ServerProcess(port, shell);
        try
        {
            await Eventually.TrueAsync(() => AcceptsAsync(port), what: $"{command[0]} accepts connections");
        }
        catch (TimeoutException e)
        {
            await server.DisposeAsync();
            throw new TimeoutException($"{e.Message}\n{server.Log}", e);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
