using Integration.Bus;
using Integration.Bus.RabbitMq;
using Integration.Bus.RabbitMq.Frames;

namespace Integration.Fixtures.Amqp;

/// <summary>Publishes what no client library would write: properties as bytes.</summary>
public sealed class RawPublisher : IAsyncDisposable
{
    private const int LargestPart = 100_000;

    private readonly RawConnection _connection;

    private RawPublisher(RawConnection connection) => _connection = connection;

    /// <summary>Connects, with confirms.</summary>
    public static async Task<RawPublisher> ConnectAsync(Uri broker)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var factory = ConnectionFactories.Create(new BusOptions { Uri = broker });
        var connection = await RawConnection.OpenAsync(factory, patience.Token);
        await connection.SendAsync(FrameType.Method, AmqpWriter.Method(85, 10).Octet(0).ToArray(), patience.Token);
        await connection.ExpectAsync(patience.Token, (85, 11));
        return new RawPublisher(connection);
    }

    /// <summary>Publishes, and returns when the broker has confirmed it.</summary>
    /// <param name="exchange">Where to.</param>
    /// <param name="routingKey">With which key.</param>
    /// <param name="properties">See <see cref="RawRing"/>.</param>
    /// <param name="body">Its body.</param>
    /// <exception cref="InvalidDataException">The broker takes no such properties, and has closed the connection.</exception>
    public async Task PublishAsync(string exchange, string routingKey, byte[] properties, byte[] body)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var publish = AmqpWriter.Method(60, 40).Short(0).ShortString(exchange).ShortString(routingKey).Octet(0);
        var header = new AmqpWriter().Short(60).Short(0).LongLong((ulong)body.Length).Raw(properties);
        try
        {
            await _connection.SendAsync(FrameType.Method, publish.ToArray(), patience.Token);
            await _connection.SendAsync(FrameType.Header, header.ToArray(), patience.Token);
            foreach (var part in body.Chunk(LargestPart))
                await _connection.SendAsync(FrameType.Body, part, patience.Token);
            await _connection.ExpectAsync(patience.Token, (60, 80));
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"The broker has ended the connection: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
