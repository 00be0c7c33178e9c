using System.ComponentModel.DataAnnotations;

namespace Integration.Bus;

/// <summary>Which broker, and by which adapter. Configuration section <c>Bus</c>.</summary>
public sealed class BusOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>
    /// The adapter: <c>RabbitMq</c>; <c>InMemory</c>, a broker within the process which nothing survives; or one that the service
    /// registers, such as <c>MassTransit</c> (docs/how-to/host-operations-on-masstransit.md). The default value is <c>RabbitMq</c>.
    /// </summary>
    public string Transport { get; set; } = BusTransport.RabbitMq;

    /// <summary>
    /// <c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c> for TLS with a verified certificate.
    /// The default value is <c>amqp://guest:guest@localhost:5672/</c>.
    /// </summary>
    public Uri Uri { get; set; } = new("amqp://guest:guest@localhost:5672/");

    /// <summary>
    /// The file that says which user of the broker may speak for which operations and engines (docs/reference/trust.md).
    /// Process core and error treatment hold results, errors and cancellations against it, services requests and cancellations.
    /// The default value is none: every user of the broker is trusted.
    /// </summary>
    public string? TrustFile { get; set; }

    /// <summary>How long a confirm may take before the publish is repeated on a fresh channel. The default value is 10 seconds.</summary>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause between two attempts to connect. The default value is 5 seconds.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        this.Broken().Select(rule => new ValidationResult(rule));
}
