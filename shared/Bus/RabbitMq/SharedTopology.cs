using Integration.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// The exchanges and the two last queues, which all programs share. They are looked for first, and declared only where they
/// are missing: so a user who may not configure them can work, and a broker with nothing on it needs no preparation. Looking
/// compares no arguments; a user who may declare them does that, too, which compares.
/// </summary>
/// <param name="user">The user of the connections.</param>
/// <param name="virtualHost">Their virtual host.</param>
/// <param name="compares">Whether to compare arguments: once per process is enough, as a refusal stands in the broker's log.</param>
internal sealed class SharedTopology(string user, string virtualHost, bool compares)
{
    private bool _mayCompare = compares;

    /// <exception cref="MissingGrantException">Something is missing and may not be declared.</exception>
    /// <exception cref="WrongArgumentsException">Something is there with other arguments.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellation)
    {
        await using var channel = new ThrowAwayChannel(connection, cancellation);
        foreach (var part in Parts())
        {
            var missing = await channel.TryAsync(open => part.Find(open, cancellation));
            if (missing.Is(Constants.NotFound))
                await DeclareAsync(channel, part, cancellation);
            else if (missing is not null)
                throw missing;
        }

        if (_mayCompare)
            await CompareAsync(channel, cancellation);
    }

    private async Task DeclareAsync(ThrowAwayChannel channel, Part part, CancellationToken cancellation)
    {
        var refusal = await channel.TryAsync(open => part.Declare(open, cancellation));
        if (refusal.Is(Constants.AccessRefused))
            throw new MissingGrantException(
                user,
                $"configure on '{part.Name}' in virtual host '{virtualHost}'",
                $"the {part.Kind} '{part.Name}' is not there, and must be declared by a user who may",
                refusal!.Answer()
            );
        ThrowOn(refusal, part);
    }

    /// <summary>Until the first refusal: then an operator compares, by deploy/rabbitmq/check.sh.</summary>
    private async Task CompareAsync(ThrowAwayChannel channel, CancellationToken cancellation)
    {
        foreach (var part in Parts())
        {
            var refusal = await channel.TryAsync(open => part.Declare(open, cancellation));
            if (refusal.Is(Constants.AccessRefused))
            {
                _mayCompare = false;
                return;
            }

            ThrowOn(refusal, part);
        }
    }

    private static void ThrowOn(OperationInterruptedException? refusal, Part part)
    {
        if (refusal.Is(Constants.PreconditionFailed))
            throw new WrongArgumentsException(
                $"The {part.Kind} {part.Name} exists with other arguments than it must have ({refusal!.Answer()}). "
                    + "deploy/rabbitmq/check.sh lists what differs; delete it when nothing is in it, and start again.",
                refusal!
            );
        if (refusal is not null)
            throw refusal;
    }

    private static IEnumerable<Part> Parts()
    {
        foreach (var last in Topology.LastResorts)
        {
            yield return Exchange(last.Queue, arguments: null);
            yield return Queue(last);
        }

        foreach (var exchange in Exchanges.Published)
            yield return Exchange(exchange, Topology.PublishedExchange());
    }

    private static Part Exchange(string name, Dictionary<string, object?>? arguments) =>
        new(
            "exchange",
            name,
            (channel, cancellation) => channel.ExchangeDeclarePassiveAsync(name, cancellation),
            (channel, cancellation) =>
                channel.ExchangeDeclareAsync(
                    name,
                    ExchangeType.Topic,
                    durable: true,
                    autoDelete: false,
                    arguments,
                    cancellationToken: cancellation
                )
        );

    private static Part Queue(Pipe last) =>
        new(
            "queue",
            last.Queue,
            (channel, cancellation) => channel.QueueDeclarePassiveAsync(last.Queue, cancellation),
            async (channel, cancellation) =>
            {
                await channel.DeclareQueueAsync(last, last.Queue, cancellation);
                foreach (var binding in last.Bindings)
                    await channel.QueueBindAsync(
                        last.Queue,
                        binding.Exchange,
                        binding.Pattern,
                        cancellationToken: cancellation
                    );
            }
        );

    private sealed record Part(
        string Kind,
        string Name,
        Func<IChannel, CancellationToken, Task> Find,
        Func<IChannel, CancellationToken, Task> Declare
    );
}
