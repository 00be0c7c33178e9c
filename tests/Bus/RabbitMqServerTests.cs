using Integration.Fixtures;
using RabbitMQ.Client;

namespace Integration.Bus.Tests;

public sealed class RabbitMqServerTests
{
    [Fact]
    public async Task A_real_server_starts_and_keeps_durable_messages_when_it_is_restarted_and_killed()
    {
        await using var server = new RabbitMqServer();
        await server.StartAsync();
        var host = server.TakeVirtualHost();
        await WithChannelAsync(host, DeclareAndPublishAsync);

        await server.StopAsync();
        await Should.ThrowAsync<Exception>(() => WithChannelAsync(host, _ => Task.CompletedTask));
        await server.StartAsync();
        (await CountAsync(host)).ShouldBe(1u);

        await server.KillAsync();
        await server.StartAsync();
        (await CountAsync(host)).ShouldBe(1u);
    }

    [Fact]
    public async Task The_management_api_answers_when_it_is_asked_for()
    {
        await using var server = new RabbitMqServer { Management = true };
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));

        (await http.GetStringAsync("api/overview")).ShouldContain("3.10.8");
    }

    private static async Task DeclareAndPublishAsync(IChannel channel)
    {
        await channel.QueueDeclareAsync(
            "kept",
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" }
        );
        await channel.BasicPublishAsync(
            "",
            "kept",
            mandatory: true,
            new BasicProperties { Persistent = true },
            "body"u8.ToArray()
        );
    }

    private static async Task<uint> CountAsync(Uri host)
    {
        var count = 0u;
        await Eventually.PassesAsync(async () =>
        {
            await WithChannelAsync(host, async channel => count = await channel.MessageCountAsync("kept"));
            count.ShouldBe(1u);
        });
        return count;
    }

    private static async Task WithChannelAsync(Uri host, Func<IChannel, Task> work)
    {
        await using var connection = await new ConnectionFactory { Uri = host }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        await work(channel);
    }
}
