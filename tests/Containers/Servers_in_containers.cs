using Npgsql;
using RabbitMQ.Client;

namespace Integration.Containers.Tests;

/// <summary>
/// The servers of the tests, in containers: what a developer without root on Debian runs all tests with. Whole projects run so in
/// test.sh; here is what only the fixtures themselves can show.
/// </summary>
public sealed class Servers_in_containers
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_keeps_its_data_and_its_port_when_it_was_stopped_and_when_it_was_killed()
    {
        await using var server = new PostgreSqlServer();
        await server.InitializeAsync();
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync(database, "create table kept (n int); insert into kept values (1)");

        await server.StopAsync();
        await server.StartAsync();
        await ExecuteAsync(database, "insert into kept values (2)");
        await server.KillAsync();
        await server.StartAsync();

        (await ExecuteAsync(database, "select string_agg(n::text, ',' order by n) from kept")).ShouldBe("1,2");
        ((string)(await ExecuteAsync(database, "show server_version"))!).ShouldStartWith("17.");
    }

    [Fact]
    public async Task RabbitMQ_keeps_what_it_confirmed_and_its_port_when_it_was_stopped_and_when_it_was_killed()
    {
        await using var server = new RabbitMqServer { VirtualHosts = 1 };
        await server.InitializeAsync();
        var host = server.TakeVirtualHost();
        await PublishAsync(host, "first");

        await server.StopAsync();
        await server.StartAsync();
        await PublishAsync(host, "second");
        await server.KillAsync();
        await server.StartAsync();

        await Eventually.PassesAsync(async () => (await CountAsync(host)).ShouldBe(2u));
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static async Task PublishAsync(Uri host, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = host }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            Cancellation
        );
        await channel.QueueDeclareAsync(
            "kept",
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: Cancellation
        );
        await channel.BasicPublishAsync("", "kept", System.Text.Encoding.UTF8.GetBytes(body), Cancellation);
    }

    private static async Task<uint> CountAsync(Uri host)
    {
        await using var connection = await new ConnectionFactory { Uri = host }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        return (await channel.QueueDeclarePassiveAsync("kept", Cancellation)).MessageCount;
    }
}
