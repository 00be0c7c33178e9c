namespace Integration.Repository.Tests.Deployment;

/// <summary>
/// Compose itself accepts the file. Only where its command is installed: no container engine is needed for it, but Debian
/// 12 has no package of the current one. The other tests of this folder read the file without it.
/// </summary>
public sealed class ComposeCommandTests
{
    [Fact]
    public async Task Compose_accepts_the_file_when_all_variables_are_set()
    {
        foreach (var compose in await InstalledAsync())
        {
            var (exitCode, output) = await RunAsync(compose, Programs.Passwords());
            exitCode.ShouldBe(0, output);
        }
    }

    [Fact]
    public async Task Compose_refuses_the_file_when_a_variable_is_missing()
    {
        var passwords = Programs.Passwords();
        passwords[passwords.Keys.First()] = "";

        foreach (var compose in await InstalledAsync())
            (await RunAsync(compose, passwords)).ExitCode.ShouldNotBe(0);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string[] compose,
        Dictionary<string, string> environment
    ) =>
        (
            await Programs.TryRunAsync(
                environment,
                compose[0],
                [.. compose[1..], "--env-file", "/dev/null", "config", "--quiet"]
            )
        )!.Value;

    private static async Task<List<string[]>> InstalledAsync()
    {
        var installed = new List<string[]>();
        foreach (string[] compose in new[] { new[] { "docker", "compose" }, ["docker-compose"] })
        {
            var version = await Programs.TryRunAsync(
                new Dictionary<string, string>(),
                compose[0],
                [.. compose[1..], "version"]
            );
            if (version is { ExitCode: 0 })
                installed.Add(compose);
        }
        return installed;
    }
}
