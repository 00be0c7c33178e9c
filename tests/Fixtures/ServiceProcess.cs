using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Integration.Fixtures;

/// <summary>
/// A built service as an operating-system process of its own, configured as in production: by environment variables.
/// It ends with the process that started it, however that ends.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private const string Supervise = """
        exec 2>/dev/null
        { dotnet "$0" "$@" 2>&1 & echo $! >"$PID_FILE"; echo "-- pid $! --"; wait $!; echo "-- ended $? --"; } &
        cat >/dev/null
        kill -KILL "$(cat "$PID_FILE")" 2>/dev/null
        wait
        """;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<int> _pid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TemporaryFolder _folder = new("service");
    private readonly Process _shell;

    private ServiceProcess(string name, Uri url, ProcessStartInfo start)
    {
        Name = name;
        Url = url;
        start.Environment["PID_FILE"] = _folder.Combine("pid");
        _shell = new Process { StartInfo = start };
    }

    /// <summary>The service's folder name, e.g. <c>Rest</c>.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Its process id.</summary>
    public int Id => _pid.Task.Result;

    /// <summary>Everything that it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Completes with the exit code when it has ended.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>Starts a service and returns when it says that it is ready.</summary>
    /// <param name="service">Its folder in <c>services/</c>, e.g. <c>Rest</c>.</param>
    /// <param name="settings">Environment variables, e.g. <c>Bus__Uri</c>.</param>
    /// <param name="port">Where it listens on loopback; by default a free port.</param>
    /// <exception cref="InvalidOperationException">It ended; the message is what it wrote.</exception>
    public static async Task<ServiceProcess> StartAsync(
        string service,
        IReadOnlyDictionary<string, string> settings,
        int? port = null
    )
    {
        var process = Launch(service, settings, port);
        await process.ReadyAsync();
        return process;
    }

    /// <summary>Starts a service and returns at once.</summary>
    public static ServiceProcess Launch(
        string service,
        IReadOnlyDictionary<string, string> settings,
        int? port = null,
        params string[] arguments
    ) => Launch(new FileInfo(Assembly(service)), service, settings, port, arguments);

    /// <summary>Starts a service that is not in <c>services/</c>, and returns at once.</summary>
    /// <param name="assembly">Its built dll.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="settings">Environment variables, e.g. <c>Bus__Uri</c>.</param>
    /// <param name="port">Where it listens on loopback; by default a free port.</param>
    /// <param name="arguments">The command line.</param>
    public static ServiceProcess Launch(
        FileInfo assembly,
        string name,
        IReadOnlyDictionary<string, string> settings,
        int? port = null,
        params string[] arguments
    )
    {
        var url = new Uri($"http://127.0.0.1:{port ?? FreePort.Next()}");
        var start = new ProcessStartInfo("sh", ["-c", Supervise, assembly.FullName, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["URLS"] = url.ToString();
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        var process = new ServiceProcess(name, url, start);
        start.WorkingDirectory = process._folder.Path;
        process.Begin();
        return process;
    }

    /// <summary>Waits until <c>/health/ready</c> answers with 200.</summary>
    public async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client))
        {
            if (_ended.Task.IsCompleted)
                throw new InvalidOperationException($"{Name} ended with {_ended.Task.Result}:\n{Log}");
            if (Stopwatch.GetElapsedTime(started) > _patience)
                throw new TimeoutException($"{Name} was not ready within {_patience}:\n{Log}");
            await Task.Delay(50);
        }
    }

    /// <summary>Asks it to end (SIGTERM), as a deployment does, and waits; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await _ended.Task.WaitAsync(_patience);
    }

    /// <summary>Kills it (SIGKILL), as a machine's failure does.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await _ended.Task.WaitAsync(_patience);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    // The services are built with the configuration that the tests were built with.
    private static string Assembly(string service)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var relative = $"services/{service}/bin/{output.Parent!.Name}/{output.Name}/Integration.{service}.dll";
        var file = RepositoryFolder.File(relative);
        return File.Exists(file)
            ? file
            : throw new InvalidOperationException($"{relative} is missing: build the solution first (dotnet build).");
    }

    private void Begin()
    {
        _shell.OutputDataReceived += (_, line) => Take(line.Data);
        _shell.Start();
        _shell.BeginOutputReadLine();
    }

    private void Take(string? line)
    {
        if (Between(line, "-- pid ") is { } pid)
            _pid.TrySetResult(pid);
        else if (Between(line, "-- ended ") is { } code)
            _ended.TrySetResult(code);
        else if (line is null)
            _ended.TrySetResult(-1);
        else
            Append(line);
    }

    private void Append(string line)
    {
        lock (_log)
            _log.AppendLine(line);
    }

    private static int? Between(string? line, string prefix) =>
        line is not null && line.StartsWith(prefix, StringComparison.Ordinal)
            ? int.Parse(line[prefix.Length..^3], CultureInfo.InvariantCulture)
            : null;

    private async Task SignalAsync(string signal)
    {
        if (_ended.Task.IsCompleted)
            return;
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {Id}"]);
        await kill.WaitForExitAsync();
    }
}
