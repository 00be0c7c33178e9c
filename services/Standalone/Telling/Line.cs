namespace Integration.Standalone.Telling;

/// <summary>A line about something that happened.</summary>
internal sealed record Line(DateTimeOffset At, string About, Tone Tone, string Text);

/// <summary>How good the news of a line is.</summary>
internal enum Tone
{
    /// <summary>As it should be.</summary>
    Plain,

    /// <summary>A sample reached its end.</summary>
    Good,

    /// <summary>An operator is needed.</summary>
    Trouble,

    /// <summary>Something that should not have happened.</summary>
    Bad,
}
