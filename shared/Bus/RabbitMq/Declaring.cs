using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>Declares the queues of pipes, as <see cref="Topology"/> says.</summary>
internal static class Declaring
{
    /// <summary>
    /// The queue of a pipe with its bindings. A queue that is there needs no right to declare it; where there is one, its
    /// arguments are compared.
    /// </summary>
    /// <exception cref="InvalidOperationException">The queue exists, with other arguments.</exception>
    /// <exception cref="MissingGrantException">The user may not declare it, or not bind it so.</exception>
    public static async Task<QueueDeclareOk> DeclareAsync(
        this IConnection connection,
        Pipe pipe,
        string queue,
        string user,
        ILogger log,
        CancellationToken cancellation
    )
    {
        await using var channel = new ThrowAwayChannel(connection, cancellation);
        var found = pipe.Temporary ? null : await FindAsync(channel, queue, cancellation);
        var declared = found ?? new QueueDeclareOk(queue, 0, 0);
        // All programs share the last queues: SharedTopology compares them.
        if (found is null || !Topology.LastResorts.Any(last => last.Queue == queue))
        {
            var refusal = await channel.TryAsync(async open =>
                declared = await open.DeclareQueueAsync(pipe, queue, cancellation)
            );
            if (refusal.Is(Constants.PreconditionFailed))
                throw new InvalidOperationException(
                    $"The queue {queue} exists with other arguments than its pipe asks for"
                        + $" ({refusal!.Answer()}). Delete the queue when it is empty, or set the pipe as the queue is.",
                    refusal
                );
            if (refusal.Is(Constants.AccessRefused) && found is null)
                throw new MissingGrantException(
                    user,
                    $"to declare the queue '{queue}' (configure and read on it, write on '{Contracts.Exchanges.Dead}')",
                    "the queue is not there",
                    refusal!.Answer()
                );
            if (refusal is not null && !refusal.Is(Constants.AccessRefused))
                throw refusal;
        }

        foreach (var binding in pipe.Bindings)
            await BindAsync(channel, queue, binding, user, cancellation);
        foreach (var binding in pipe.Unbound)
            await UnbindAsync(channel, queue, binding, log, cancellation);
        return declared;
    }

    public static Task<QueueDeclareOk> DeclareQueueAsync(
        this IChannel channel,
        Pipe pipe,
        string queue,
        CancellationToken cancellation
    ) =>
        channel.QueueDeclareAsync(
            queue,
            durable: !pipe.Temporary,
            exclusive: pipe.Temporary,
            autoDelete: pipe.Temporary,
            pipe.Temporary ? Topology.TemporaryQueue() : Topology.Queue(pipe),
            cancellationToken: cancellation
        );

    private static async Task<QueueDeclareOk?> FindAsync(
        ThrowAwayChannel channel,
        string queue,
        CancellationToken cancellation
    )
    {
        QueueDeclareOk? found = null;
        var refusal = await channel.TryAsync(async open =>
            found = await open.QueueDeclarePassiveAsync(queue, cancellation)
        );
        return refusal is null || refusal.Is(Constants.NotFound) ? found : throw refusal;
    }

    /// <summary>The broker takes it as done when there is no such binding.</summary>
    private static async Task UnbindAsync(
        ThrowAwayChannel channel,
        string queue,
        Binding binding,
        ILogger log,
        CancellationToken cancellation
    )
    {
        var refusal = await channel.TryAsync(open =>
            open.QueueUnbindAsync(queue, binding.Exchange, binding.Pattern, cancellationToken: cancellation)
        );
        // A user who may not bind it may not unbind it either. What still comes that way is refused by its receiver.
        if (refusal.Is(Constants.AccessRefused))
            log.LogWarning(
                "{Queue} cannot be unbound from {Exchange} with {Pattern} ({Reason}). Should an earlier release have bound it, what comes "
                    + "that way is refused here: delete the binding as an administrator (rabbitmqadmin delete binding, or the management)",
                queue,
                binding.Exchange,
                binding.Pattern,
                refusal!.Answer()
            );
        else if (refusal is not null)
            throw refusal;
    }

    private static async Task BindAsync(
        ThrowAwayChannel channel,
        string queue,
        Binding binding,
        string user,
        CancellationToken cancellation
    )
    {
        var refusal = await channel.TryAsync(open =>
            open.QueueBindAsync(queue, binding.Exchange, binding.Pattern, cancellationToken: cancellation)
        );
        if (refusal.Is(Constants.AccessRefused))
            throw new MissingGrantException(
                user,
                $"to bind '{queue}' to '{binding.Exchange}' with '{binding.Pattern}' (write on the queue, read on the "
                    + "exchange, and a topic permission that lets this key be read)",
                "without it nothing would arrive",
                refusal!.Answer()
            );
        if (refusal is not null)
            throw refusal;
    }
}
