using System.Diagnostics;

namespace Integration.Fixtures.Containers;

/// <summary>
/// A real container engine: the one that this machine has, else, for root on Debian, one of its own, with stand-ins for images that
/// no registry can give. Its own ends with the process that started it, however that ends; all tests of a process share it.
/// </summary>
public sealed class ContainerEngine
{
    private static readonly Lazy<Task<ContainerEngine>> _shared = new(StartAsync);

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly string _folder = Path.Join(
        System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
            ?? Path.Join(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache"),
        "integration-tests",
        "engine"
    );

    private string _docker = "docker";
    private Process? _own;

    /// <summary>What programs need in their environment to speak with it.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    private ContainerEngine() { }

    /// <summary>The one of this process, once it answers.</summary>
    /// <exception cref="InvalidOperationException">There is none, and none can be made; the message names the ways out.</exception>
    public static Task<ContainerEngine> SharedAsync() => _shared.Value;

    /// <summary>Runs the engine's client and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public Task<string> DockerAsync(params string[] arguments) => RunAsync(_docker, arguments);

    private static async Task<ContainerEngine> StartAsync()
    {
        var engine = new ContainerEngine();
        if (await engine.AnswersAsync())
            return engine;
        var root = (await engine.RunAsync(RepositoryFolder.File("tests/Fixtures/debian13.sh"), [])).Trim();
        await engine.StartOwnAsync(root);
        await engine.RunAsync("bash", [Script("images.sh"), root, Path.Join(engine._folder, "images")]);
        // Testcontainers reads them from the process.
        foreach (var (name, value) in engine.Environment)
            System.Environment.SetEnvironmentVariable(name, value);
        return engine;
    }

    private static string Script(string name) => RepositoryFolder.File($"tests/Fixtures/Containers/{name}");

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await DockerAsync("version");
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private async Task StartOwnAsync(string root)
    {
        Directory.CreateDirectory(_folder);
        if (!IsInstalled(_docker))
            _docker = Path.Join(root, "usr/bin/docker");
        _environment["DOCKER_HOST"] = $"unix://{_folder}/docker.sock";
        _environment["DOCKER_CONFIG"] = Path.Join(_folder, "config");
        // Testcontainers' own container that tidies up: its image can be had from a registry only, and this engine ends anyway.
        _environment["TESTCONTAINERS_RYUK_DISABLED"] = "true";
        var start = new ProcessStartInfo("bash", [Script("engine.sh"), root, _folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _own = Process.Start(start)!;
        var reason = _own.StandardError.ReadToEndAsync();
        if (await _own.StandardOutput.ReadLineAsync() == "ready")
            return;
        _own.StandardInput.Close();
        await _own.WaitForExitAsync();
        throw new InvalidOperationException(
            $"Tests in containers need an engine: start Docker, or run them as root on Debian 12 with debootstrap. {(await reason).Trim()}"
        );
    }

    private static bool IsInstalled(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? []).Any(folder =>
            File.Exists(Path.Join(folder, program))
        );

    private async Task<string> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var written = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} took longer than {_patience}: {await complained}",
                e
            );
        }

        return process.ExitCode == 0
            ? await written
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await complained}\n{await written}"
            );
    }
}
