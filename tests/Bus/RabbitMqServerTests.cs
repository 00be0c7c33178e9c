using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>What <see cref="RestartContract"/> does not show of the fixture.</summary>
public sealed class RabbitMqServerTests
{
    [Theory]
    [InlineData(RabbitMqRelease.Installed, "\"rabbitmq_version\":\"")]
    [InlineData(RabbitMqRelease.Four, "\"rabbitmq_version\":\"4.")]
    public async Task The_management_api_answers_when_it_is_asked_for(RabbitMqRelease release, string version)
    {
        await using var server = new RabbitMqServer
        {
            Release = release,
            Management = true,
            VirtualHosts = 1,
        };
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));

        (await http.GetStringAsync("api/overview")).ShouldContain(version);
    }

    [Fact]
    public async Task A_node_of_RabbitMQ_4_keeps_what_it_has_when_it_is_stopped_and_killed_and_started_again()
    {
        await using var server = new RabbitMqServer { Release = RabbitMqRelease.Four, VirtualHosts = 1 };
        await server.StartAsync();
        var host = server.TakeVirtualHost();
        await using (var raw = await RawClient.ConnectAsync(host))
            await raw.Channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false);

        await server.StopAsync();
        await server.StartAsync();
        await server.KillAsync();
        await server.StartAsync();

        await using var again = await RawClient.ConnectAsync(host);
        (await again.Channel.QueueDeclarePassiveAsync("kept")).QueueName.ShouldBe("kept");
    }
}
