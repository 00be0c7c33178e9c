namespace Integration.Contracts;

/// <summary>
/// <c>announcement.requested</c>: a reader of heartbeats saw the hash of contracts that it does not know. The service
/// announces itself once more.
/// </summary>
/// <param name="Service">Name of the service: the routing key is <c>describe.&lt;service&gt;</c>.</param>
/// <param name="OccurredAt">When it was asked for.</param>
/// <param name="Instance">Only this process is asked; absent, every replica is.</param>
public sealed record AnnouncementRequested(string Service, DateTimeOffset OccurredAt, string? Instance = null);
