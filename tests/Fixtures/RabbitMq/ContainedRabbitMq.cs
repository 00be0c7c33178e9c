using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Integration.Fixtures.Containers;

namespace Integration.Fixtures;

/// <summary>A RabbitMQ 4 in a container, on ports of loopback that stay the same. What it holds outlives its ends, until it is disposed.</summary>
internal sealed class ContainedRabbitMq : IRabbitMqNode, IAsyncDisposable
{
    private readonly ContainerEngine _engine;
    private readonly IContainer _container;
    private readonly string _control;

    private ContainedRabbitMq(ContainerEngine engine, IContainer container, string control) =>
        (_engine, _container, _control) = (engine, container, control);

    public IReadOnlyDictionary<string, string> Control
    {
        get
        {
            File.WriteAllText(
                _control,
                $"#!/bin/sh\nexec docker exec --interactive {_container.Id} rabbitmqctl \"$@\"\n"
            );
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(
                    _control,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            return new Dictionary<string, string>(_engine.Environment, StringComparer.Ordinal)
            {
                ["RABBITMQCTL"] = _control,
            };
        }
    }

    /// <summary>Makes it; nothing runs yet.</summary>
    public static async Task<ContainedRabbitMq> CreateAsync(
        RabbitMqConfiguration configuration,
        int port,
        int? managementPort
    )
    {
        var engine = await ServerSource.EngineAsync("RabbitMQ", "rabbitmq-server");
        var builder = new ContainerBuilder("rabbitmq:4.1")
            // Its data is found again under the name of the host.
            .WithHostname("test")
            .WithPortBinding(port, 5672)
            .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", RabbitMqConfiguration.Quiet)
            .WithResourceMapping(
                Encoding.UTF8.GetBytes(configuration.Definitions()),
                "/etc/rabbitmq/tests/definitions.json"
            )
            .WithResourceMapping(
                "load_definitions = /etc/rabbitmq/tests/definitions.json\nloopback_users = none\n"u8.ToArray(),
                "/etc/rabbitmq/conf.d/90-tests.conf"
            )
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Server startup complete"));
        if (managementPort is { } http)
            builder = builder
                .WithPortBinding(http, 15672)
                .WithResourceMapping("[rabbitmq_management]."u8.ToArray(), "/etc/rabbitmq/enabled_plugins");
        return new ContainedRabbitMq(engine, builder.Build(), Path.Join(configuration.Folder, "rabbitmqctl"));
    }

    public Task StartAsync() => _container.StartAsync();

    public Task StopAsync() => _container.StopAsync();

    public async Task KillAsync() => await _engine.DockerAsync("kill", _container.Id);

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
