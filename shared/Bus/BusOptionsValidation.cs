namespace Integration.Bus;

/// <summary>Refuses wrong settings with their names, and never with their secrets.</summary>
internal static class BusOptionsValidation
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
                + (options.Names(BusTransport.MassTransit) ? WithoutMassTransit : ""),
            nameof(options)
        );

    /// <summary>Whether the setting names this adapter.</summary>
    public static bool Names(this BusOptions options, string transport) =>
        transport.Equals(options.Transport, StringComparison.OrdinalIgnoreCase);

    public static void Validate(this BusOptions options)
    {
        if (options.ConfirmTimeout < TimeSpan.FromMilliseconds(100))
            throw Wrong(nameof(BusOptions.ConfirmTimeout), "must be 100 milliseconds or more, e.g. 00:00:10");
        if (options.ReconnectDelay <= TimeSpan.Zero)
            throw Wrong(nameof(BusOptions.ReconnectDelay), "must be more than zero, e.g. 00:00:05");
        if (options.Names(BusTransport.InMemory))
            return;

        const string Example = "e.g. amqp://user:password@rabbitmq:5672/, or amqps:// for TLS";
        if (options.Uri is not { IsAbsoluteUri: true, Scheme: "amqp" or "amqps", Host.Length: > 0 } uri)
            throw Wrong(nameof(BusOptions.Uri), $"must be the address of a RabbitMQ broker, {Example}");
        if (uri.Segments.Length > 2)
            throw Wrong(
                nameof(BusOptions.Uri),
                $"must have at most one segment, the virtual host ('/' in it as %2F), {Example}"
            );
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Wrong(nameof(BusOptions.Uri), $"must have no query: nothing in it would be used, {Example}");
    }

    private static ArgumentException Wrong(string setting, string rule) =>
        new($"{BusOptions.Section}__{setting} {rule}.", nameof(setting));
}
