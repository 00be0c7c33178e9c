using Integration.Clients;
using Integration.Standalone.Samples;
using Integration.Standalone.Telling;

namespace Integration.Standalone.Tests;

public sealed class Screens_of_all_kinds
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly Tale _tale = new(SampleRun.All[0], SampleProcess.All[0], "i-1");

    [Fact]
    public void A_plain_screen_writes_a_line_per_event_and_never_takes_one_back()
    {
        var screen = new PlainScreen(_output, new Paint(on: false));

        screen.Tell(new Line(DateTimeOffset.UnixEpoch, "CR-1", Tone.Good, "ended: credit approved"));
        screen.Show([_tale]);

        _output.ToString().ShouldMatch(@"^\d\d:\d\d:00\.000  CR-1       ended: credit approved\n$");
    }

    private static HistoryEntry Happened(string type, string? element) =>
        new(default, type, element, TaskId: null, Detail: null, By: null);

    [Fact]
    public void A_live_screen_rewrites_the_line_of_each_sample()
    {
        var screen = Live(width: 120, colours: true);

        screen.Show([_tale]);
        _ = _tale
            .Hear([Happened("element.entered", "Approved"), Happened("instance.completed", element: null)])
            .ToList();
        screen.Show([_tale]);

        _output.ToString().ShouldContain("started");
        _output
            .ToString()
            .ShouldEndWith(
                "\e[1A\r\e[2K  \e[32m✔\e[0m CR-1       credit-request                  ended: credit approved\n"
            );
    }

    [Fact]
    public void Text_that_stays_is_not_overwritten()
    {
        var screen = Live(width: 120, colours: true);

        screen.Show([_tale]);
        screen.Say("This stays.");
        screen.Show([_tale]);

        _output.ToString().ShouldNotContain("\e[1A");
    }

    [Fact]
    public void A_line_is_cut_where_the_terminal_would_wrap_it()
    {
        Live(width: 30, colours: false).Show([_tale]);

        var line = _output.ToString().Replace("\r\e[2K", "", StringComparison.Ordinal).TrimEnd('\n');
        line.Length.ShouldBeLessThan(30);
        line.ShouldEndWith("…");
    }

    [Fact]
    public void Without_colours_only_the_cursor_is_moved()
    {
        Live(width: 120, colours: false).Show([_tale]);

        _output.ToString().Replace("\r\e[2K", "", StringComparison.Ordinal).ShouldNotContain("\e");
    }

    private LiveScreen Live(int width, bool colours) =>
        new(_output, new Paint(colours), () => width, TimeProvider.System);
}
