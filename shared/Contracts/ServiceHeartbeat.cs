namespace Integration.Contracts;

/// <summary><c>service.heartbeat</c>: a service is alive. Every 30 seconds.</summary>
/// <param name="Service">The process that is alive.</param>
/// <param name="OccurredAt">When the heartbeat was sent.</param>
/// <param name="InFlight">Tasks being worked on at that moment.</param>
/// <param name="ContractHash">Of the contracts that it announced: a reader that does not know it asks for an announcement.</param>
public sealed record ServiceHeartbeat(
    ServiceReference Service,
    DateTimeOffset OccurredAt,
    int InFlight,
    string? ContractHash = null
);
