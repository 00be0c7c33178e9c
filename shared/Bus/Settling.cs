namespace Integration.Bus;

/// <summary>What a settlement comes down to for a certain delivery.</summary>
internal static class Settling
{
    /// <summary>
    /// A temporary queue has no delivery limit on the broker: what comes back a second time goes to the dead letters.
    /// </summary>
    public static Settlement Of(this Settlement settlement, Pipe pipe, Delivery delivery) =>
        settlement == Settlement.Requeue && pipe.Temporary && delivery.Redelivered ? Settlement.DeadLetter : settlement;
}
