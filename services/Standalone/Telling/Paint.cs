namespace Integration.Standalone.Telling;

/// <summary>Colours of a terminal; nothing where they are not wanted.</summary>
internal sealed class Paint(bool on)
{
    public string Good(string text) => With("32", text);

    public string Trouble(string text) => With("33", text);

    public string Bad(string text) => With("31", text);

    public string Bold(string text) => With("1", text);

    public string Faint(string text) => With("2", text);

    public string As(Tone tone, string text) =>
        tone switch
        {
            Tone.Good => Good(text),
            Tone.Trouble => Trouble(text),
            Tone.Bad => Bad(text),
            _ => text,
        };

    private string With(string code, string text) => on ? $"\e[{code}m{text}\e[0m" : text;
}
