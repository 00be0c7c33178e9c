namespace Integration.Standalone.Telling;

/// <summary>One line after the other, for files and pipes.</summary>
internal sealed class PlainScreen(TextWriter output, Paint paint) : IScreen
{
    public Paint Paint => paint;

    public void Say(string text = "") => output.WriteLine(text);

    public void Tell(Line line) =>
        output.WriteLine($"{line.At.ToLocalTime():HH:mm:ss.fff}  {line.About, -10} {paint.As(line.Tone, line.Text)}");

    public void Show(IReadOnlyList<Tale> tales)
    {
        // Every line is written already.
    }

    public void Leave()
    {
        // Nothing is rewritten.
    }
}
