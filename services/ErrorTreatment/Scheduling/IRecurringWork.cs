namespace Integration.ErrorTreatment.Scheduling;

/// <summary>Work that a <see cref="Recurring{TWork}"/> repeats while the service runs.</summary>
internal interface IRecurringWork
{
    /// <summary>For the log, e.g. "Publishing".</summary>
    string Name { get; }

    /// <summary>Rings when there is something to do earlier than the last round said.</summary>
    Alarm Alarm { get; }

    /// <summary>Does what is to be done and says when to look again.</summary>
    Task<DateTimeOffset> RoundAsync(CancellationToken cancellation);
}
