using Integration.Hosting;

namespace Integration.ErrorTreatment.Scheduling;

/// <summary>What wakes the parts that work by themselves.</summary>
internal sealed class Alarms(TimeProvider time)
{
    /// <summary>Something is due.</summary>
    public Alarm Schedule { get; } = new(time);

    /// <summary>Something is to be published.</summary>
    public Alarm Outbox { get; } = new(time);
}
