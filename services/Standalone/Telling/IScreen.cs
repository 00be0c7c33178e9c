namespace Integration.Standalone.Telling;

/// <summary>Where the user reads.</summary>
internal interface IScreen
{
    /// <summary>Writes a line that stays on the screen.</summary>
    void Say(string text = "");

    /// <summary>Something that happened to a sample.</summary>
    void Tell(Line line);

    /// <summary>How all samples stand.</summary>
    void Show(IReadOnlyList<Tale> tales);

    /// <summary>What was shown last stays; the next is shown below it.</summary>
    void Leave();

    /// <summary>Colours, where there are any.</summary>
    Paint Paint { get; }
}
