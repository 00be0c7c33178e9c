namespace Integration.ProcessCore.Engine;

/// <summary>The moment of the command: <c>now()</c> yields the same wherever it stands in one step.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}
