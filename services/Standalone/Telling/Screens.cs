using System.Text;

namespace Integration.Standalone.Telling;

/// <summary>Chooses the screen that fits the terminal.</summary>
internal static class Screens
{
    /// <summary>A live one on a terminal, a plain one elsewhere; colours unless <c>NO_COLOR</c> is set.</summary>
    public static IScreen For(TimeProvider time)
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        if (!isTerminal)
            return new PlainScreen(Console.Out, new Paint(on: false));

        Console.OutputEncoding = Encoding.UTF8;
        var colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new LiveScreen(Console.Out, new Paint(colours), Width, time);
    }

    // A terminal without a size, e.g. of a script, says 0.
    private static int Width() => Console.WindowWidth is > 0 and var width ? width : 80;
}
