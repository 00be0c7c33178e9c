using System.ComponentModel.DataAnnotations;
using Integration.ProcessCore.Bpmn;

namespace Integration.ProcessCore;

/// <summary>How the process core works. Configuration section <c>Core</c>.</summary>
public sealed class CoreOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Core";

    private const string DefaultName = "process-core";

    /// <summary>
    /// Name of the engine on the bus: services send results there. Two cores with different databases on one broker need
    /// different names; replicas on one database have the same. The default value is <c>process-core</c>.
    /// </summary>
    [RegularExpression(
        "^[a-z0-9][a-z0-9-]{0,62}$",
        ErrorMessage = "Core__Name must be lower-case letters, digits and hyphens (no dots), e.g. process-core."
    )]
    public string Name { get; set; } = DefaultName;

    /// <summary>
    /// Whether this engine takes process starts and messages that name no engine. One engine on a broker does: a second one
    /// would start everything twice. The default value is true for the name <c>process-core</c> and false for others.
    /// </summary>
    public bool? DefaultEngine { get; set; }

    /// <summary>Whether it takes what names no engine.</summary>
    internal bool IsDefault => DefaultEngine ?? Name == DefaultName;

    /// <summary>
    /// What tasks are sent that map no inputs, unless their process says it with the property <c>taskInputs</c>. It holds for what runs, too,
    /// from the next start on; all replicas have the same. The default value is <see cref="TaskInputs.Mapped"/>.
    /// </summary>
    public TaskInputs TaskInputs { get; set; } = TaskInputs.Mapped;

    /// <summary>
    /// How long the answer to a task may take, unless its header <c>deadline</c> says otherwise. The default value is one hour.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "365.00:00:00",
        ErrorMessage = "Core__TaskDeadline must be between one second and 365 days, e.g. 01:00:00."
    )]
    public TimeSpan TaskDeadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a message is kept that no instance waits for yet. The default value is one hour.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "365.00:00:00",
        ErrorMessage = "Core__MessageTimeToLive must be between zero and 365 days, e.g. 01:00:00."
    )]
    public TimeSpan MessageTimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long the id of a request is remembered, so that repeating it does nothing. The default value is seven days.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "3650.00:00:00",
        ErrorMessage = "Core__RequestRetention must be between one minute and ten years, e.g. 7.00:00:00."
    )]
    public TimeSpan RequestRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How often due timers, passed deadlines and expired messages are looked for. The default value is half a second.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.010",
        "00:01:00",
        ErrorMessage = "Core__PollInterval must be between 10 milliseconds and one minute, e.g. 00:00:00.5."
    )]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// How long a replica may take to publish what it has committed before another one does. The default value is 30 seconds.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.1",
        "01:00:00",
        ErrorMessage = "Core__OutboxLease must be between 100 milliseconds and one hour, e.g. 00:00:30."
    )]
    public TimeSpan OutboxLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Events from the bus that are worked on at once. The default value is 256.</summary>
    [Range(1, 10_000, ErrorMessage = "Core__Prefetch must be between 1 and 10000.")]
    public int Prefetch { get; set; } = 256;

    /// <summary>
    /// Largest event about a task that is taken, in bytes: outputs become variables of the instance. A service sends no more
    /// than its own <c>Pipeline:BodyLimit</c>, by default a quarter of this: raise both together. The default value is 1,048,576.
    /// </summary>
    [Range(65_536, 128 * 1024 * 1024, ErrorMessage = "Core__ResultLimit must be between 65536 and 134217728 bytes.")]
    public int ResultLimit { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long a service that is no longer heard of stays in the list of contracts. The default value is seven days.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:02:00",
        "3650.00:00:00",
        ErrorMessage = "Core__ContractRetention must be between two minutes and ten years, e.g. 7.00:00:00."
    )]
    public TimeSpan ContractRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Largest BPMN file in characters. The default value is 2,097,152.</summary>
    [Range(1_024, 64 * 1024 * 1024, ErrorMessage = "Core__DefinitionLimit must be between 1024 and 67108864.")]
    public int DefinitionLimit { get; set; } = BpmnReader.DefaultLimit;
}

/// <summary>What tasks are sent that map no inputs.</summary>
public enum TaskInputs
{
    /// <summary>Nothing: only what is mapped.</summary>
    Mapped,

    /// <summary>All variables of the instance, as Camunda 8 does.</summary>
    Variables,
}
