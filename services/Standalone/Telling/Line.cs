namespace Integration.Standalone.Telling;

/// <summary>Something that happened.</summary>
internal sealed record Line(DateTimeOffset At, string About, Tone Tone, string Text);

/// <summary>How it is meant.</summary>
internal enum Tone
{
    /// <summary>As it should be.</summary>
    Plain,

    /// <summary>Done.</summary>
    Good,

    /// <summary>Somebody is needed.</summary>
    Trouble,

    /// <summary>Wrong.</summary>
    Bad,
}
