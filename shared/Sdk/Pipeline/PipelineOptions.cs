using System.ComponentModel.DataAnnotations;
using Integration.Bus;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>How a service takes its tasks. Configuration section <c>Pipeline</c>.</summary>
public sealed class PipelineOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Pipeline";

    /// <summary>Tasks in work at once, for each pipe. The default value is 128.</summary>
    [Range(1, 10_000, ErrorMessage = "Pipeline__Prefetch must be between 1 and 10000.")]
    public int Prefetch { get; set; } = Pipe.DefaultPrefetch;

    /// <summary>How often a task may be returned to its queue before it counts as poison. The default value is 20.</summary>
    [Range(1, 1_000, ErrorMessage = "Pipeline__DeliveryLimit must be between 1 and 1000.")]
    public int DeliveryLimit { get; set; } = Pipe.DefaultDeliveryLimit;

    /// <summary>Largest body in bytes that is taken and sent. The default value is 262144 (256 KiB).</summary>
    [Range(1_024, 128 * 1024 * 1024, ErrorMessage = "Pipeline__BodyLimit must be between 1024 and 134217728 bytes.")]
    public int BodyLimit { get; set; } = Limits.Body;

    /// <summary>Longest time for one attempt, whatever the deadline says. The default value is 5 minutes.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.1",
        "1.00:00:00",
        ErrorMessage = "Pipeline__ExecutionLimit must be between 100 ms and 1 day."
    )]
    public TimeSpan ExecutionLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long outcomes are kept in the journal, and so how late a repeated task is still recognised.
    /// The default value is 30 days.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "01:00:00",
        "3650.00:00:00",
        ErrorMessage = "Pipeline__JournalRetention must be between 1 hour and 10 years."
    )]
    public TimeSpan JournalRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a stopping service waits for tasks in work. The default value is 25 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "01:00:00",
        ErrorMessage = "Pipeline__ShutdownGrace must be between 0 and 1 hour."
    )]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(25);
}
