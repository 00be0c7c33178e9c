using DotNet.Testcontainers.Containers;
using Integration.Fixtures.Containers;
using Testcontainers.PostgreSql;

namespace Integration.Fixtures;

/// <summary>PostgreSQL 17 in a container, on a port of loopback that stays the same.</summary>
internal sealed class ContainedPostgreSql(int port) : IPostgreSqlHost
{
    private ContainerEngine? _engine;
    private PostgreSqlContainer? _container;

    public string? Ended => _container is { State: TestcontainersStates.Exited } ? "Its container has ended." : null;

    public async Task CreateAsync(string password)
    {
        _engine = await ServerSource.EngineAsync("PostgreSQL", "postgresql");
        _container = new PostgreSqlBuilder("postgres:17")
            .WithUsername("integration")
            .WithPassword(password)
            .WithDatabase("postgres")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C")
            .WithPortBinding(port, 5432)
            // Testcontainers lets commits be lost; what a killed server has confirmed must be there.
            .WithCommand("-c", "max_connections=200", "-c", "synchronous_commit=on")
            .Build();
    }

    public Task StartAsync() => _container!.StartAsync();

    public Task StopAsync() => _container!.StopAsync();

    public async Task KillAsync() => await _engine!.DockerAsync("kill", _container!.Id);

    public async Task<string> TakeAsync(string file)
    {
        var path = $"/tmp/{Path.GetFileName(file)}";
        await _engine!.DockerAsync("cp", file, $"{_container!.Id}:{path}");
        await _engine.DockerAsync("exec", "--user", "root", _container.Id, "chown", "postgres", path);
        await _engine.DockerAsync("exec", "--user", "root", _container.Id, "chmod", "600", path);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
            await _container.DisposeAsync();
    }
}
