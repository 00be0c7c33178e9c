using Integration.Contracts;

namespace Integration.ErrorTreatment.Intake;

/// <summary>The queues that error treatment takes from. Several replicas share them.</summary>
internal static class Queues
{
    /// <summary>Errors, results of what was sent again, cancellations: one queue, so that they come about in their order.</summary>
    public const string Treatment = "integration.error-treatment";

    /// <summary>Messages that had no taker; declared by every publisher.</summary>
    public const string Unrouted = Exchanges.Unrouted;

    /// <summary>What could not be delivered; declared by every publisher.</summary>
    public const string Dead = Exchanges.Dead;
}
