using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Fixtures.Amqp;

namespace Integration.Bus.Tests.Ring;

/// <summary>
/// Whatever stands in the properties of a message, its body reaches the handler or the dead letters, and the consumer goes on. A long
/// run: <c>RING_COUNT=5000 RING_SEED=1 dotnet test tests/Bus -c Release --filter FullyQualifiedName~Ring</c>.
/// </summary>
public abstract class RingContract(Broker broker, string transport) : IAsyncLifetime
{
    private static readonly Pipe _pipe = new("integration.ring", [new Binding(Exchanges.Tasks, "ring.#")]);

    private readonly LogLines _log = new();
    private IBus? _bus;

    private BusOptions Options { get; } = new() { Transport = transport, Uri = broker.TakeVirtualHost() };

    private IBus Bus => _bus!;

    public async ValueTask InitializeAsync()
    {
        _bus = Buses.Create(Options, log: _log);
        await _bus.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        _log.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_body_arrives_whatever_stands_around_it_and_the_consumer_goes_on()
    {
        var (count, seed) = (Setting("RING_COUNT", 150), Setting("RING_SEED", 20261129));
        TestContext.Current.TestOutputHelper?.WriteLine($"RING_SEED={seed} RING_COUNT={count}");
        var rings = RingGenerator.Decodable.Sample(size: 12, seed: Seed(seed), numberOfSamples: count).ToArray();
        var (handled, dead) = (new Received(), new Received());
        await SubscribeAsync(_pipe, handled);
        await SubscribeAsync(new Pipe(Exchanges.Dead, []), dead);
        var published = new Dictionary<string, byte[]>();

        for (var n = 0; n < rings.Length; n++)
        {
            if (await PublishAsync(rings[n], $"ring {n}"))
                published[$"ring {n}"] = rings[n];
        }

        await PublishAsync(new RawRing().ToArray(), "clean");

        TestContext.Current.TestOutputHelper?.WriteLine($"The broker took {published.Count}.");
        published.Count.ShouldBeGreaterThan(count / 4, "the broker refused most of them, so the test proves little");
        await Eventually.TrueAsync(
            () => Missing().Count == 0,
            what: $"these arrive (seed {seed}): {Describe(Missing())}"
        );
        await Eventually.TrueAsync(() => handled.All.Any(delivery => delivery.Text() == "clean"));
        Bus.Stalled.ShouldBeEmpty();

        List<string> Missing() =>
            [.. published.Keys.Except(handled.All.Concat(dead.All).Select(Messages.Text), StringComparer.Ordinal)];

        string Describe(IEnumerable<string> missing) =>
            string.Join("; ", missing.Take(3).Select(text => $"{text}: {Convert.ToHexString(published[text])}"));
    }

    [Fact]
    public async Task A_refused_task_reaches_the_dead_letters_whatever_stands_around_it()
    {
        // RabbitMQ 3.10 itself stumbles over an x-death that is no list of tables, and keeps the message (decision 29).
        var rings = RingGenerator
            .Decodable.Sample(size: 12, seed: Seed(Setting("RING_SEED", 20261129) + 1), numberOfSamples: 60)
            .Where(ring => ring.AsSpan().IndexOf("x-death"u8) < 0)
            .ToArray();
        var dead = new Received();
        await SubscribeAsync(_pipe, new Received(_ => Settlement.DeadLetter));
        await SubscribeAsync(new Pipe(Exchanges.Dead, []), dead);
        var published = new List<string>();

        for (var n = 0; n < rings.Length; n++)
        {
            if (await PublishAsync(rings[n], $"ring {n}"))
                published.Add($"ring {n}");
        }

        await Eventually.TrueAsync(
            () => !published.Except(dead.All.Select(Messages.Text), StringComparer.Ordinal).Any(),
            what: "all of them are among the dead letters"
        );
        dead.All.ShouldAllBe(delivery => delivery.Exchange == Exchanges.Tasks && delivery.RoutingKey == "ring.v1");
    }

    [Fact]
    public async Task A_timestamp_in_milliseconds_counts_as_absent_and_the_rest_is_there()
    {
        var handled = new Received();
        await SubscribeAsync(_pipe, handled);
        var ring = new RawRing().Timestamp(1_800_000_000_000).Text("message_id", "m1").Text("type", "task.requested");

        await PublishAsync(ring.ToArray(), "late");

        var delivery = await handled.FirstAsync();
        delivery.Properties.ShouldBe(
            new MessageProperties
            {
                MessageId = "m1",
                Type = "task.requested",
                ContentType = null,
            }
        );
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Contains("timestamp") && line.Contains("m1")));
    }

    [Fact]
    public async Task A_message_that_the_client_cannot_decode_is_expelled_and_its_neighbours_are_not()
    {
        var neighbours = new ConcurrentDictionary<string, int>();
        var dead = new Received();
        for (var n = 0; n < 40; n++)
            await PublishAsync(new RawRing().ToArray(), $"neighbour {n}", declare: n == 0);
        await PublishAsync(RawRing.Undecodable, "killer");
        await PublishAsync(RawRing.Undecodable, "killer");
        for (var n = 40; n < 80; n++)
            await PublishAsync(new RawRing().ToArray(), $"neighbour {n}");

        await Bus.SubscribeAsync(
            _pipe,
            async (delivery, stopping) =>
            {
                // Out for long enough that the connection is lost meanwhile.
                await Task.Delay(20, stopping);
                neighbours.AddOrUpdate(delivery.Text(), 1, (_, times) => times + 1);
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        await SubscribeAsync(new Pipe(Exchanges.Dead, []), dead);

        await Eventually.TrueAsync(() => neighbours.Count == 80 && dead.All.Count == 2, TimeSpan.FromMinutes(2));
        dead.All.ShouldAllBe(delivery =>
            delivery.Text() == "killer"
            && delivery.Exchange == Exchanges.Tasks
            && delivery.Death == new Death("delivery_limit", _pipe.Queue)
            && delivery.Undecodable!.Contains("200 places")
        );
        await Eventually.TrueAsync(() => Bus.Stalled.Count == 0 && Bus.State == BusState.Connected);
    }

    [Fact]
    public async Task A_pipe_beside_one_that_loses_its_connection_notices_nothing()
    {
        var (started, done) = (0, new TaskCompletionSource());
        await Bus.SubscribeAsync(
            new Pipe("integration.calm", [new Binding(Exchanges.Tasks, "calm")]),
            async (_, _) =>
            {
                Interlocked.Increment(ref started);
                await done.Task.WaitAsync(TimeSpan.FromMinutes(3), CancellationToken.None);
                return Settlement.Acknowledge;
            },
            CancellationToken.None
        );
        var (handled, dead) = (new Received(), new Received());
        await SubscribeAsync(_pipe, handled);
        await SubscribeAsync(new Pipe(Exchanges.Dead, []), dead);
        await Bus.PublishAsync(Messages.Task("calm"), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Volatile.Read(ref started) == 1);

        await PublishAsync(RawRing.Undecodable, "killer");

        await Eventually.TrueAsync(
            () => dead.All.Any(delivery => delivery.Text() == "killer"),
            TimeSpan.FromMinutes(2)
        );
        Volatile.Read(ref started).ShouldBe(1);
        done.SetResult();
    }

    private async Task SubscribeAsync(Pipe pipe, Received received) =>
        await Bus.SubscribeAsync(pipe, received.HandleAsync, CancellationToken.None);

    /// <summary>Says whether the broker has taken it: it knows properties, too, that it refuses.</summary>
    private async Task<bool> PublishAsync(byte[] ring, string body, bool declare = false)
    {
        if (declare)
            await (await Bus.SubscribeAsync(_pipe, new Received().HandleAsync, CancellationToken.None)).DisposeAsync();
        await using var publisher = await RawPublisher.ConnectAsync(Options.Uri);
        try
        {
            await publisher.PublishAsync(Exchanges.Tasks, "ring.v1", ring, Encoding.UTF8.GetBytes(body));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static Rnd Seed(int seed) => new((ulong)seed, 1);

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}

public sealed class RabbitMqRingTests(Broker broker) : RingContract(broker, BusTransport.RabbitMq);

public sealed class MassTransitRingTests(Broker broker) : RingContract(broker, BusTransport.MassTransit);

public sealed class RabbitMq4RingTests(Broker4 broker) : RingContract(broker, BusTransport.RabbitMq);

public sealed class RabbitMq4MassTransitRingTests(Broker4 broker) : RingContract(broker, BusTransport.MassTransit);
