using Integration.Fixtures;

namespace Integration.Contracts.Tests;

/// <summary>The comparer itself: a snapshot test that never fails would prove nothing.</summary>
public sealed class Snapshots : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshots-").FullName;

    private string Accepted => Path.Combine(_folder, "sub", "accepted.txt");

    [Fact]
    public void A_difference_fails_with_the_lines_and_the_way_to_accept()
    {
        Match("a\nb\nc\nd\ne\nf\ng", update: true);

        var failure = Should.Throw<SnapshotException>(() => Match("a\nb\nc\nd\ne\nF\ng\nh", update: false));

        failure.Message.ShouldContain("  d\n  e\n- f\n+ F\n  g\n+ h\n");
        failure.Message.ShouldNotContain("  b\n");
        failure.Message.ShouldContain("ACCEPT=1 dotnet test");
        File.ReadAllText(Accepted).ShouldEndWith("g\n");
    }

    [Fact]
    public void The_first_snapshot_has_to_be_accepted_too() =>
        Should.Throw<SnapshotException>(() => Match("a", update: false)).Message.ShouldContain("+ a");

    [Fact]
    public void An_accepted_text_matches_whatever_its_line_ends()
    {
        Match("a\r\nb", update: true);

        Should.NotThrow(() => Match("a\nb\n", update: false));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Match(string text, bool update) => Snapshot.Match(text, Accepted, "ACCEPT=1 dotnet test", update);
}
