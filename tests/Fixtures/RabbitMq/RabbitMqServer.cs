using System.Diagnostics;
using System.Text;
using Integration.Fixtures.Containers;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// A real RabbitMQ node on loopback, on ports and in a folder of its own: the installed one, else RabbitMQ 4 in a container. It can be
/// stopped, killed and started again with the same data on the same port. It ends with the process that started it, however that ends.
/// </summary>
public sealed class RabbitMqServer : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new("rabbitmq");
    private readonly int _port = FreePort.Next();
    private readonly int _managementPort = FreePort.Next();
    private int _virtualHosts;
    private readonly bool _contained = ServerSource.IsContainer(RabbitMqInstallation.IsThere);
    private ContainedRabbitMq? _container;
    private IRabbitMqNode? _node;

    /// <summary>
    /// Which release, where it is not in a container. The default value is <see cref="RabbitMqRelease.Installed"/>.
    /// </summary>
    public RabbitMqRelease Release { get; init; }

    /// <summary>Whether the management plugin is enabled. The default value is false: it takes seconds to boot.</summary>
    public bool Management { get; init; }

    /// <summary>How many virtual hosts there are to take, beside the default one. Each costs time to boot. The default value is 16.</summary>
    public int VirtualHosts { get; init; } = 16;

    /// <summary>Address of the default virtual host, <c>guest</c> included.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{_port}/");

    /// <summary>Address of the management API, when <see cref="Management"/> is enabled.</summary>
    public Uri ManagementUri =>
        Management
            ? new Uri($"http://127.0.0.1:{_managementPort}/")
            : throw new InvalidOperationException($"Set {nameof(Management)} to use the management API.");

    /// <summary>
    /// What <c>rabbitmqctl</c> needs to reach the node while it runs, and where it is (<c>RABBITMQCTL</c>). Only of
    /// <see cref="RabbitMqRelease.Installed"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Control =>
        (_node ?? throw new InvalidOperationException("The server does not run.")).Control;

    /// <summary>Whether the node runs.</summary>
    public bool Running => _node is not null;

    /// <summary>
    /// Address of a virtual host that nobody has used yet, so that tests on one server do not see each other's queues.
    /// </summary>
    public Uri TakeVirtualHost()
    {
        var number = Interlocked.Increment(ref _virtualHosts);
        if (number > VirtualHosts)
            throw new InvalidOperationException(
                $"All {VirtualHosts} virtual hosts of this server are taken: set {nameof(VirtualHosts)}."
            );
        return new Uri(Uri, RabbitMqConfiguration.VirtualHost(number));
    }

    /// <summary>
    /// The same address for a user who may do everything but publish to <c>integration.control</c>, and bind
    /// <c>integration.inbound</c> with keys that begin with <c>start.</c>
    /// </summary>
    public static Uri WithoutPermission(Uri virtualHost) =>
        new UriBuilder(virtualHost)
        {
            UserName = RabbitMqConfiguration.Restricted,
            Password = RabbitMqConfiguration.Restricted,
        }.Uri;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts the node and returns when it accepts connections.</summary>
    public async Task StartAsync()
    {
        if (_node is not null)
            throw new InvalidOperationException("The server runs already.");
        var configuration = new RabbitMqConfiguration(
            _folder,
            _port,
            Management ? _managementPort : null,
            VirtualHosts
        );
        if (!_contained)
        {
            _node = await Node.StartAsync(Release, configuration);
            return;
        }

        _container ??= await ContainedRabbitMq.CreateAsync(configuration, _port, Management ? _managementPort : null);
        await _container.StartAsync();
        _node = _container;
    }

    /// <summary>Stops the node as an operator would: it closes its connections and writes what it holds.</summary>
    public Task StopAsync() => EndAsync(node => node.StopAsync());

    /// <summary>
    /// Kills the node as a power failure would. A quorum queue that was declared less than a second ago may come back
    /// without a leader: see <see cref="WaitUntilOnDiskAsync"/>.
    /// </summary>
    public Task KillAsync() => EndAsync(node => node.KillAsync());

    /// <summary>
    /// Returns when the node has written down that the quorum queue exists. RabbitMQ 3.10 does that with a delay, and
    /// a queue whose registration is lost elects no leader after the next start. RabbitMQ 4, in a container, needs no waiting.
    /// </summary>
    public Task WaitUntilOnDiskAsync(Uri virtualHost, string queue)
    {
        if (_contained)
            return Task.CompletedTask;
        var host = virtualHost.Segments.Length > 1 ? virtualHost.Segments[1] : "%2F";
        var name = Encoding.UTF8.GetBytes($"{host}_{queue}");
        return Eventually.TrueAsync(
            () =>
                Directory
                    .EnumerateFiles(_folder.Path, "names.dets", SearchOption.AllDirectories)
                    .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(name) >= 0),
            what: $"{queue} is registered on disk"
        );
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_container is not null)
            await _container.DisposeAsync();
        _folder.Dispose();
    }

    private async Task EndAsync(Func<IRabbitMqNode, Task> end)
    {
        var node = Interlocked.Exchange(ref _node, null);
        if (node is not null)
            await end(node);
    }

    /// <summary>One run of the node: the server and its port mapper below a shell that ends both at the end of its input.</summary>
    private sealed class Node(Process shell, RabbitMqConfiguration configuration) : IRabbitMqNode
    {
        public IReadOnlyDictionary<string, string> Control =>
            new Dictionary<string, string>(configuration.Environment, StringComparer.Ordinal)
            {
                ["RABBITMQCTL"] = RabbitMqInstallation.ControlScript(),
            };

        private const string Supervise = """
            epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 >/dev/null 2>&1 &
            epmd=$!
            { "$0" 2>&1; echo "$ENDED"; } &
            cat >/dev/null
            [ -f "$RABBITMQ_PID_FILE" ] && kill -KILL "$(cat "$RABBITMQ_PID_FILE")" 2>/dev/null
            kill -KILL "$epmd"
            wait
            """;

        private const string Ended = "-- the server has ended --";

        public static async Task<Node> StartAsync(RabbitMqRelease release, RabbitMqConfiguration configuration)
        {
            configuration.Write();
            var start = await RabbitMqInstallation.ShellAsync(release, Supervise, configuration.Folder);
            start.UseShellExecute = false;
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.WorkingDirectory = configuration.Folder;
            foreach (var (name, value) in configuration.Environment)
                start.Environment[name] = value;
            start.Environment["ENDED"] = Ended;

            var output = new StringBuilder();
            var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var shell = new Process { StartInfo = start };
            shell.OutputDataReceived += (_, line) =>
            {
                lock (output)
                    output.AppendLine(line.Data);
                if (line.Data is null || line.Data.Contains(Ended, StringComparison.Ordinal))
                    ready.TrySetResult(false);
                else if (line.Data.Contains("completed with", StringComparison.Ordinal))
                    ready.TrySetResult(true);
            };
            shell.Start();
            shell.BeginOutputReadLine();

            var node = new Node(shell, configuration);
            if (await Task.WhenAny(ready.Task, Task.Delay(_patience)) == ready.Task && await ready.Task)
                return node;

            await node.KillAsync();
            lock (output)
                throw new InvalidOperationException($"RabbitMQ did not start within {_patience}:\n{output}");
        }

        public async Task StopAsync()
        {
            var pid = configuration.ServerPid();
            using var signal = Process.Start("sh", ["-c", $"kill -TERM {pid}"]);
            await signal.WaitForExitAsync();
            await Eventually.TrueAsync(() => !Alive(pid), _patience, "RabbitMQ has stopped");
            await KillAsync();
        }

        public async Task KillAsync()
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync();
            shell.Dispose();
        }

        /// <summary>A process that has ended stays in the table, as a zombie, until its parent takes note.</summary>
        private static bool Alive(string pid)
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{pid}/stat");
                return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
