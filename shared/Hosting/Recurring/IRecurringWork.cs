namespace Integration.Hosting;

/// <summary>Work that a <see cref="Recurring{TWork}"/> repeats while the service runs.</summary>
public interface IRecurringWork
{
    /// <summary>For the log, as the subject of a sentence: "Publishing".</summary>
    string Name { get; }

    /// <summary>
    /// Rings when there is something to do earlier than the last round said. The default value is null: nothing wakes it earlier.
    /// </summary>
    Alarm? Alarm => null;

    /// <summary>How long after the start the first round begins. The default value is zero: at once.</summary>
    TimeSpan FirstAfter => TimeSpan.Zero;

    /// <summary>Does what is to be done and says when to look again.</summary>
    /// <param name="cancellation">Signalled when the service stops.</param>
    /// <returns>The moment of the next round; one that has passed means at once.</returns>
    Task<DateTimeOffset> RoundAsync(CancellationToken cancellation);
}
