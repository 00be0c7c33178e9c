namespace Integration.Egress;

/// <summary>
/// A place that keeps secrets, asked for those that have neither value nor file. Register one in the service's container.
/// </summary>
public interface ISecretProvider
{
    /// <summary>The secret, or null when this provider does not have it. It may keep it for a while.</summary>
    ValueTask<string?> FindAsync(string name, CancellationToken cancellation);
}
