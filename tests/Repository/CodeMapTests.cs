using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>The code map draws what is there: rooms, references, crash points, states.</summary>
public sealed partial class CodeMapTests
{
    private const string Steps = "shared/Sdk/Pipeline/PipelineStep.cs";
    private const string States = "services/ErrorTreatment/Failures/FailureState.cs";

    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/explanation/code-map.md"));
    private static readonly List<Project> _rooms = [.. Project.All.Where(one => one.IsShared || one.IsService)];

    [Fact]
    public void Every_reference_of_a_room_is_drawn_and_no_other() =>
        Drawn()
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                _rooms
                    .SelectMany(room => room.References.Select(other => $"{Room(room)} --> {Room(other)}"))
                    .Order(StringComparer.Ordinal)
            );

    [Fact]
    public void Every_room_is_described() =>
        RoomRow()
            .Matches(_page)
            .Select(row => row.Groups["folder"].Value)
            .ShouldBe(_rooms.Select(room => room.Folder), ignoreOrder: true);

    [Fact]
    public void Every_step_at_which_a_process_can_die_is_drawn() =>
        Members(Steps)
            .ShouldBe(CrashPoint().Matches(_page).Select(point => point.Groups["step"].Value), ignoreOrder: true);

    [Fact]
    public void Every_state_of_a_failure_is_drawn() =>
        Transition()
            .Matches(_page)
            .SelectMany(arrow => new[] { arrow.Groups["from"].Value, arrow.Groups["to"].Value })
            .Where(state => state != "[*]")
            .Distinct()
            .ShouldBe(
                Members(States).Where(state => state != "New").Select(state => state.ToLowerInvariant()),
                ignoreOrder: true
            );

    [Theory]
    [InlineData("timeout", "shared/Sdk/Pipeline/ErrorOutcomes.cs")]
    [InlineData("refused recipient", "services/Mail/Smtp/RecipientErrors.cs")]
    [InlineData("header carries the trace", "shared/Bus/RabbitMq/AmqpProperties.cs")]
    public void A_newcomer_is_led_to(string what, string file) =>
        Changes().ShouldContain(row => row.Contains(what) && row.Contains($"](../../{file})"));

    // Whether a link leads somewhere is tested for every page.
    [Fact]
    public void Every_change_names_where_it_is_made_and_tested()
    {
        Changes().Count.ShouldBeGreaterThan(10);
        Changes()
            .Where(row => row.Trim('|').Split('|').Any(cell => !IsWords(row, cell) && !cell.Contains("](")))
            .ShouldBeEmpty();
    }

    private static bool IsWords(string row, string cell) => row.StartsWith($"|{cell}|", StringComparison.Ordinal);

    private static List<string> Changes() =>
        [
            .. _page[_page.LastIndexOf("\n## You want to change", StringComparison.Ordinal)..]
                .Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(1),
        ];

    private static string Room(Project project) => project.Folder.Split('/')[1];

    // A --> B & C, where a node may bring its label: A["Files.S3"].
    private static IEnumerable<string> Drawn()
    {
        foreach (
            Match diagram in Flowchart()
                .Matches(_page[.._page.IndexOf("\n## The way of a task", StringComparison.Ordinal)])
        )
        {
            var text = diagram.Groups["text"].Value;
            var labels = Node()
                .Matches(text)
                .ToDictionary(
                    node => node.Groups["id"].Value,
                    node => node.Groups["label"].Value,
                    StringComparer.Ordinal
                );
            foreach (Match arrow in Arrow().Matches(Node().Replace(text, "${id}")))
            foreach (var head in arrow.Groups["heads"].Value.Split('&'))
                yield return $"{labels[arrow.Groups["tail"].Value]} --> {labels[head.Trim()]}";
        }
    }

    private static IEnumerable<string> Members(string file) =>
        Member().Matches(File.ReadAllText(RepositoryFolder.File(file))).Select(member => member.Groups["name"].Value);

    [GeneratedRegex(
        @"^```mermaid\nflowchart .*?\n(?<text>.*?)^```",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Flowchart();

    [GeneratedRegex(@"\b(?<id>\w+)\[""(?<label>[\w.]+)""\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Node();

    [GeneratedRegex(@"^ *(?<tail>\w+) --> (?<heads>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Arrow();

    [GeneratedRegex(
        @"^\| \[`(?<folder>(shared|services)/[\w.]+)`\]",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex RoomRow();

    [GeneratedRegex(@"✗ (?<step>[A-Z]\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CrashPoint();

    [GeneratedRegex(
        @"^    (?<from>\w+|\[\*\]) --> (?<to>\w+|\[\*\]): ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Transition();

    [GeneratedRegex(@"^    (?<name>[A-Z]\w+),$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Member();
}
