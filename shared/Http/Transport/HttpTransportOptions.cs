using System.ComponentModel.DataAnnotations;

namespace Integration.Http;

/// <summary>Connections for outgoing HTTP. Configuration section <c>Http</c>.</summary>
public sealed class HttpTransportOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Http";

    /// <summary>
    /// Longest time for opening a connection, TLS included; a task may ask for less. The default value is 10 seconds.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a connection is used before it is opened anew, so that changes in the name service are followed. The
    /// default value is 5 minutes.
    /// </summary>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an unused connection is kept. The default value is 1 minute.</summary>
    public TimeSpan ConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (
            var (name, value) in new[]
            {
                (nameof(ConnectTimeout), ConnectTimeout),
                (nameof(ConnectionLifetime), ConnectionLifetime),
                (nameof(ConnectionIdleTimeout), ConnectionIdleTimeout),
            }
        )
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromHours(1))
            {
                yield return new ValidationResult(
                    $"{Section}__{name}: {value} is not between 0 and 1 hour. Write it as hh:mm:ss, e.g. 00:00:10.",
                    [name]
                );
            }
        }
    }
}
