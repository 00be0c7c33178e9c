using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>What <see cref="RestartContract"/> does not show of the fixture.</summary>
public sealed class RabbitMqServerTests
{
    [Fact]
    public async Task The_management_api_answers_when_it_is_asked_for()
    {
        await using var server = new RabbitMqServer { Management = true, VirtualHosts = 1 };
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));

        (await http.GetStringAsync("api/overview")).ShouldContain("rabbitmq_version");
    }
}
