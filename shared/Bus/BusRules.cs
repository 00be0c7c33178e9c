using System.Diagnostics.CodeAnalysis;

namespace Integration.Bus;

/// <summary>Name a wrong setting of the section <c>Bus</c>, and never its secrets.</summary>
[SuppressMessage("Usage", "MA0015", Justification = "The message is for the operator, and ends as it does.")]
internal static class BusRules
{
    private const string WithoutMassTransit =
        " This service was built without MassTransit. RabbitMq works on the same queues of the same broker with the same bytes: set that."
        + " Or build the service with a reference to shared/Bus.MassTransit and builder.AddMassTransitTransport()"
        + " (docs/how-to/host-operations-on-masstransit.md).";

    /// <summary>The adapter that the setting names.</summary>
    public static IBusTransport Choose(this BusOptions options, IReadOnlyList<IBusTransport> transports) =>
        transports.FirstOrDefault(one => options.Names(one.Name))
        ?? throw new ArgumentException(
            $"{BusOptions.Section}__{nameof(BusOptions.Transport)} is \"{options.Transport}\"; it must be one of "
                + $"{string.Join(", ", transports.Select(one => one.Name))}."
                + (options.Names(BusTransport.MassTransit) ? WithoutMassTransit : "")
        );

    /// <summary>Whether the setting names this adapter.</summary>
    public static bool Names(this BusOptions options, string transport) =>
        transport.Equals(options.Transport, StringComparison.OrdinalIgnoreCase);

    /// <summary>For a host that has not checked its settings at start.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public static void Check(this BusOptions options)
    {
        if (options.Broken().FirstOrDefault() is { } rule)
            throw new ArgumentException(rule);
    }

    public static IEnumerable<string> Broken(this BusOptions options)
    {
        if (options.ConfirmTimeout < TimeSpan.FromMilliseconds(100))
            yield return Rule(nameof(BusOptions.ConfirmTimeout), "must be 100 milliseconds or more, e.g. 00:00:10");
        if (options.ReconnectDelay <= TimeSpan.Zero)
            yield return Rule(nameof(BusOptions.ReconnectDelay), "must be more than zero, e.g. 00:00:05");
        if (options.Names(BusTransport.InMemory))
            yield break;

        const string Example = "e.g. amqp://user:password@rabbitmq:5672/, or amqps:// for TLS";
        if (options.Uri is not { IsAbsoluteUri: true, Scheme: "amqp" or "amqps", Host.Length: > 0 } uri)
            yield return Rule(nameof(BusOptions.Uri), $"must be the address of a RabbitMQ broker, {Example}");
        else if (uri.Segments.Length > 2)
            yield return Rule(
                nameof(BusOptions.Uri),
                $"must have at most one segment, the virtual host ('/' in it as %2F), {Example}"
            );
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            yield return Rule(nameof(BusOptions.Uri), $"must have no query: nothing in it would be used, {Example}");
    }

    private static string Rule(string setting, string rule) => $"{BusOptions.Section}__{setting} {rule}.";
}
