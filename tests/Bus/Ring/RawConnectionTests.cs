using System.Net;
using System.Net.Sockets;
using Integration.Bus.RabbitMq;
using Integration.Bus.RabbitMq.Frames;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Fixtures.Amqp;
using RabbitMQ.Client;

namespace Integration.Bus.Tests.Ring;

/// <summary>The connection that fetches what the client cannot decode: with a real broker, and with one that sends anything.</summary>
public sealed class RawConnectionTests(Broker broker)
{
    private readonly CancellationTokenSource _patience = new(Eventually.Patience);

    [Fact]
    public async Task A_message_is_fetched_with_its_whole_body_and_stays_until_it_is_settled()
    {
        var options = new BusOptions { Uri = broker.TakeVirtualHost() };
        await using var bus = Buses.Create(options);
        await bus.StartAsync(_patience.Token);
        var body = new byte[700_000];
        new Random(1).NextBytes(body);
        await using (var publisher = await RawPublisher.ConnectAsync(options.Uri))
            await publisher.PublishAsync(Exchanges.Dead, "k.v1", RawRing.Undecodable, body);
        var factory = ConnectionFactories.Create(options);

        await using (var first = await RawConnection.OpenAsync(factory, _patience.Token))
            (await Eventually.GetAsync(() => first.GetAsync(Exchanges.Dead, _patience.Token))).Body.ShouldBe(body);
        await using var second = await RawConnection.OpenAsync(factory, _patience.Token);
        var again = await Eventually.GetAsync(() => second.GetAsync(Exchanges.Dead, _patience.Token));
        again.ShouldSatisfyAllConditions(
            () => again.Exchange.ShouldBe(Exchanges.Dead),
            () => again.RoutingKey.ShouldBe("k.v1"),
            () => again.Redelivered.ShouldBeTrue(),
            () => again.Header.Undecodable.ShouldNotBeNull()
        );
        await second.SettleAsync(again.DeliveryTag, Settlement.Acknowledge, _patience.Token);

        await using var third = await RawConnection.OpenAsync(factory, _patience.Token);
        (await third.GetAsync(Exchanges.Dead, _patience.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_the_broker_refuses_is_said_in_its_words()
    {
        var factory = ConnectionFactories.Create(new BusOptions { Uri = broker.TakeVirtualHost() });
        await using var connection = await RawConnection.OpenAsync(factory, _patience.Token);

        var refused = await Should.ThrowAsync<InvalidDataException>(() =>
            connection.GetAsync("no-such-queue", _patience.Token)
        );

        refused.Message.ShouldContain("404");
        refused.Message.ShouldContain("no-such-queue");
    }

    [Fact]
    public async Task A_broker_that_sends_anything_ends_the_attempt_and_nothing_else()
    {
        var random = new Random(20261129);
        using var listener = new TcpListener(IPAddress.Loopback, FreePort.Next());
        listener.Start();
        var factory = new ConnectionFactory
        {
            Uri = new Uri($"amqp://guest:guest@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"),
        };
        for (var n = 0; n < 200; n++)
        {
            var connecting = RawConnection.OpenAsync(factory, _patience.Token);
            using (var socket = await listener.AcceptSocketAsync(_patience.Token))
                await socket.SendAsync(Odd(random), _patience.Token);
            var failed = await Should.ThrowAsync<Exception>(() => connecting);
            (failed is InvalidDataException or IOException).ShouldBeTrue($"{failed}");
        }
    }

    /// <summary>Frames of a handshake, cut off, changed, or of another kind.</summary>
    private static byte[] Odd(Random random)
    {
        var payload = new byte[random.Next(64)];
        random.NextBytes(payload);
        var start = new AmqpWriter().Short(10).Short((ushort)random.Next(60)).Raw(payload).ToArray();
        var frame = new AmqpWriter()
            .Octet(random.Next(4) == 0 ? (byte)random.Next(256) : (byte)1)
            .Short(0)
            .LongString(start)
            .Octet(random.Next(4) == 0 ? (byte)0 : Frame.End)
            .ToArray();
        return frame[..(random.Next(3) == 0 ? random.Next(frame.Length) : frame.Length)];
    }
}
