using System.Text;

namespace Integration.Standalone.Telling;

/// <summary>A line per sample that changes in place, for terminals.</summary>
/// <param name="output">The terminal.</param>
/// <param name="paint">Its colours.</param>
/// <param name="width">Its width in columns: a line that wraps could not be rewritten.</param>
/// <param name="time">For the sign of life.</param>
internal sealed class LiveScreen(TextWriter output, Paint paint, Func<int> width, TimeProvider time) : IScreen
{
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private int _shown;

    public Paint Paint => paint;

    public void Say(string text = "")
    {
        Leave();
        output.WriteLine(text);
    }

    public void Tell(Line line)
    {
        // What stands in the sample's own line says it.
    }

    public void Show(IReadOnlyList<Tale> tales)
    {
        var text = new StringBuilder();
        if (_shown > 0)
            text.Append($"\e[{_shown}A");
        foreach (var tale in tales)
            text.Append("\r\e[2K").Append(Row(tale)).Append('\n');
        output.Write(text.ToString());
        output.Flush();
        _shown = tales.Count;
    }

    public void Leave() => _shown = 0;

    private string Row(Tale tale)
    {
        var words = $"{tale.Run.BusinessKey, -10} {tale.Run.Definition, -31} {tale.Now}";
        var room = Math.Max(10, width() - 5);
        var row = words.Length > room ? words[..(room - 1)] + "…" : words;
        return tale.State switch
        {
            TaleState.Ended => $"  {paint.Good("✔")} {row}",
            TaleState.Waiting => $"  {paint.Trouble("!")} {paint.Trouble(row)}",
            TaleState.Wrong => $"  {paint.Bad("✘")} {paint.Bad(row)}",
            _ => $"  {paint.Faint(Frame())} {row}",
        };
    }

    private string Frame() =>
        Frames[(int)(time.GetTimestamp() * 10 / time.TimestampFrequency % Frames.Length)].ToString();
}
