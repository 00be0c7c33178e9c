using System.Text;
using Integration.Contracts;

namespace Integration.Bus;

/// <summary>
/// Refuses at once what a broker would answer by closing the channel, taking with it whatever else is under way there.
/// </summary>
internal sealed class CheckedBus(IBus adapter) : IBus
{
    /// <summary>A short string of AMQP.</summary>
    private const int LongestName = 255;

    private static readonly HashSet<string> _exchanges = [.. Exchanges.Published, Exchanges.Unrouted, Exchanges.Dead];

    public BusState State => adapter.State;

    public IReadOnlyList<string> Stalled => adapter.Stalled;

    public Task StartAsync(CancellationToken cancellation) => adapter.StartAsync(cancellation);

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        CheckExchange(message.Exchange);
        CheckName("The routing key", message.RoutingKey);
        var properties = message.Properties;
        CheckName(nameof(properties.MessageId), properties.MessageId);
        CheckName(nameof(properties.CorrelationId), properties.CorrelationId);
        CheckName(nameof(properties.Type), properties.Type);
        CheckName(nameof(properties.ReplyTo), properties.ReplyTo);
        CheckName(nameof(properties.AppId), properties.AppId);
        CheckName(nameof(properties.ContentType), properties.ContentType);
        return adapter.PublishAsync(message, cancellation);
    }

    public Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pipe.Queue, nameof(pipe));
        CheckName("The queue's name", pipe.Queue);
        CheckNumber("prefetch", pipe.Prefetch, ushort.MaxValue);
        CheckNumber("delivery limit", pipe.DeliveryLimit, int.MaxValue);
        if (pipe.KeepNewest is { } newest)
            CheckNumber("number of the newest messages", newest, int.MaxValue);
        foreach (var binding in pipe.Bindings.Concat(pipe.Unbound))
        {
            CheckExchange(binding.Exchange);
            CheckName("The pattern of a binding", binding.Pattern);
        }

        return adapter.SubscribeAsync(pipe, handler, cancellation);
    }

    public ValueTask DisposeAsync() => adapter.DisposeAsync();

    private static void CheckNumber(string what, int number, int largest)
    {
        if (number < 1 || number > largest)
            throw new ArgumentException($"The {what} of a pipe must be 1 to {largest}, not {number}.", nameof(number));
    }

    private static void CheckExchange(string exchange)
    {
        if (!_exchanges.Contains(exchange))
        {
            throw new ArgumentException(
                $"There is no exchange '{exchange}'; the contract has {string.Join(", ", _exchanges)}.",
                nameof(exchange)
            );
        }
    }

    private static void CheckName(string what, string? text)
    {
        // Three bytes at most per UTF-16 unit: the usual short name is not counted.
        if (text is { Length: > LongestName / 3 } && Encoding.UTF8.GetByteCount(text) > LongestName)
            throw new ArgumentException($"{what} is longer than {LongestName} bytes: {text[..40]}…", nameof(text));
    }
}
