using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Integration.Clients;
using Integration.Fixtures.Containers;

namespace Integration.Containers.Tests;

/// <summary>The whole system in containers, with the samples and generated passwords: as a newcomer brings it up.</summary>
public sealed class Composition : IAsyncLifetime
{
    private const string Project = "integration-tests";

    private readonly TemporaryFolder _folder = new("containers");
    private ContainerEngine? _engine;
    private HttpClient? _coreHttp;
    private HttpClient? _mailHttp;

    public IProcessCoreApi Core => ApiClient.Of<IProcessCoreApi>(_coreHttp!);

    /// <summary>What the mail catcher of the samples holds, by its own API.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync() =>
        [
            .. (await _mailHttp!.GetFromJsonAsync<JsonElement>("api/messages?pageSize=1000"))
                .GetProperty("results")
                .EnumerateArray()
                .Select(mail => mail.GetProperty("subject").GetString()!),
        ];

    private string EnvironmentFile => _folder.Combine(".env");

    public async ValueTask InitializeAsync()
    {
        _engine = await ContainerEngine.SharedAsync();
        var tokens = await TokensAsync();
        await ComposeAsync("down", "--volumes", "--remove-orphans");
        await ComposeAsync("build");
        await ComposeAsync("up", "--detach", "--wait", "--wait-timeout", "600");
        _coreHttp = ApiClient.Http(new Uri("http://127.0.0.1:5100"), tokens["PROCESS_CORE"]);
        _mailHttp = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:5191") };
    }

    /// <summary>Runs <c>docker compose</c> on the files of the repository.</summary>
    public Task<string> ComposeAsync(params string[] arguments) =>
        _engine!.DockerAsync([
            "compose",
            "--project-name",
            Project,
            "--project-directory",
            RepositoryFolder.File("."),
            "--env-file",
            EnvironmentFile,
            "--file",
            RepositoryFolder.File("docker-compose.yml"),
            "--file",
            RepositoryFolder.File("docker-compose.samples.yml"),
            .. arguments,
        ]);

    /// <summary>Runs the engine's client.</summary>
    public Task<string> DockerAsync(params string[] arguments) => _engine!.DockerAsync(arguments);

    /// <summary>Ends the process of a container as a crash would. What brings it back is the compose file alone.</summary>
    public async Task KillAsync(string service)
    {
        var container = (await ComposeAsync("ps", "--quiet", service)).Trim();
        var before = await StartedAsync(container);
        var process = (await _engine!.DockerAsync("inspect", "--format", "{{.State.Pid}}", container)).Trim();
        using (var kill = Process.Start("kill", ["-KILL", process]))
            await kill.WaitForExitAsync();
        await Eventually.TrueAsync(
            async () => await StartedAsync(container) != before && await HealthAsync(container) == "running healthy",
            TimeSpan.FromMinutes(5),
            $"{service} is healthy again"
        );
    }

    public async ValueTask DisposeAsync()
    {
        _coreHttp?.Dispose();
        _mailHttp?.Dispose();
        try
        {
            await ComposeAsync("down", "--volumes", "--timeout", "40");
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private Task<string> StartedAsync(string container) =>
        _engine!.DockerAsync("inspect", "--format", "{{.State.StartedAt}}", container);

    private async Task<string> HealthAsync(string container) =>
        (
            await _engine!.DockerAsync("inspect", "--format", "{{.State.Status}} {{.State.Health.Status}}", container)
        ).Trim();

    /// <summary>The tokens that the script shows once.</summary>
    private async Task<Dictionary<string, string>> TokensAsync()
    {
        var start = new ProcessStartInfo("bash", [RepositoryFolder.File("deploy/env.sh"), EnvironmentFile])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var shown = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        script.ExitCode.ShouldBe(0, shown);
        return shown
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": "))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }
}
