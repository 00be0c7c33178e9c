namespace Integration.Contracts;

/// <summary>Routing keys of the exchanges, and the patterns that bind to them.</summary>
public static class RoutingKeys
{
    /// <summary>Of a task: <c>&lt;operation&gt;.v&lt;version&gt;</c>.</summary>
    public static string Task(string operation, int version) => $"{operation}.v{version}";

    /// <summary>
    /// Of a result: the engine's name, with <c>.retried</c> behind it from the second attempt on, so that error
    /// treatment sees the results of what it sent again, and only those. Engines bind <see cref="Engine"/>.
    /// </summary>
    public static string Result(string replyTo, int attempt) => attempt > 1 ? $"{replyTo}.retried" : replyTo;

    /// <summary>Pattern for every event to an engine.</summary>
    public static string Engine(string replyTo) => $"{replyTo}.#";

    /// <summary>Pattern for the results of tasks that were sent again.</summary>
    public const string Retried = "*.retried";

    /// <summary>Of an error: <c>&lt;category&gt;.&lt;operation&gt;</c>, with <c>unknown</c> for an operation that is not known.</summary>
    public static string Error(ErrorCategory category, string? operation) =>
        $"{Name(category)}.{(string.IsNullOrEmpty(operation) ? "unknown" : operation)}";

    /// <summary>Routing key of a cancellation.</summary>
    public static string Cancel(string operation) => $"cancel.{operation}";

    /// <summary>Routing key of an announcement.</summary>
    public static string Announce(string service) => $"announce.{service}";

    /// <summary>Routing key of a heartbeat.</summary>
    public static string Heartbeat(string service) => $"heartbeat.{service}";

    /// <summary>Of a request to a service to announce itself once more.</summary>
    public static string Describe(string service) => $"describe.{service}";

    /// <summary>
    /// Of a process start: <c>start.&lt;definition&gt;</c> to the default engine, and
    /// <c>engine.&lt;engine&gt;.start.&lt;definition&gt;</c> to a certain one.
    /// </summary>
    public static string Start(string definition, string? engine = null) => ToEngine(engine) + $"start.{definition}";

    /// <summary>
    /// Of a message: <c>message.&lt;name&gt;</c> to the default engine, and <c>engine.&lt;engine&gt;.message.&lt;name&gt;</c> to a
    /// certain one.
    /// </summary>
    public static string Message(string name, string? engine = null) => ToEngine(engine) + $"message.{name}";

    /// <summary>Pattern for everything from outside that names the engine.</summary>
    public static string Inbound(string engine) => $"engine.{engine}.#";

    /// <summary>The category as it stands on the wire.</summary>
    public static string Name(ErrorCategory category) =>
        category switch
        {
            ErrorCategory.Connectivity => "connectivity",
            ErrorCategory.Access => "access",
            ErrorCategory.Data => "data",
            ErrorCategory.Volumetric => "volumetric",
            ErrorCategory.Business => "business",
            ErrorCategory.InDoubt => "in-doubt",
            ErrorCategory.Internal => "internal",
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Not a category of the contract."),
        };

    private static string ToEngine(string? engine) => engine is null ? "" : $"engine.{engine}.";
}
