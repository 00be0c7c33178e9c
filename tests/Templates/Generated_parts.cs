using System.ComponentModel.DataAnnotations;
using Integration.Hosting;
using Integration.Sdk;

namespace Integration.Templates.Tests;

public sealed class Generated_parts
{
    private static readonly ServicePage _page = new(
        [OperationDescription.Of(typeof(Book)).Contract],
        [new SettingsSection("Agency", typeof(AgencyOptions)), new SettingsSection("Empty", typeof(Undocumented))]
    );

    [Fact]
    public void Are_written_and_the_rest_of_the_page_stays() =>
        Part("settings Agency")
            .ShouldBe(
                """
                Before.

                <!-- generated: settings Agency -->

                | setting | default | |
                |---|---|---|
                | `Agency__Size` | `5242880` (5 MiB) | How large. |
                | `Agency__Patience` | `00:00:10` | How long; see `Agency__Size`. As in `Agency__Address`. |
                | `Agency__Address` | | Where it is. Empty: nowhere. |
                | `Agency__Rules__NAME` | | By name. |

                <!-- /generated -->

                After.
                """
            );

    [Fact]
    public void Are_the_same_when_they_are_written_twice() =>
        _page.Fill(Part("operations")).ShouldBe(Part("operations"));

    [Fact]
    public void Of_settings_with_names_are_a_table_of_their_own() =>
        Part("settings Agency__Desks__NAME")
            .ShouldContain("| `Agency__Desks__NAME__Open` | `true` | Whether it is open. |");

    [Fact]
    public void Of_others_are_left_as_they_are()
    {
        const string page =
            "<!-- generated: mine -->\nx\n<!-- /generated -->\n<!-- generated: theirs -->\ny\n<!-- /generated -->";
        GeneratedParts
            .Fill(page, what => what == "mine" ? "new" : null)
            .ShouldBe(page.Replace("\nx\n", "\n\nnew\n\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prices", "There are: operations, errors, settings LEVEL.")]
    [InlineData("settings Agenci", "It has: Agency, Agency__Desks__NAME, Empty")]
    [InlineData("settings Empty", "Empty__Silent has no doc comment.")]
    public void That_cannot_be_written_are_told(string what, string problem) =>
        Should.Throw<ArgumentException>(() => Part(what)).Message.ShouldContain(problem);

    [Fact]
    public void That_do_not_end_are_told() =>
        Should
            .Throw<ArgumentException>(() =>
                _page.Fill("<!-- generated: errors -->\n\n<!-- generated: errors --><!-- /generated -->")
            )
            .Message.ShouldContain("has no end");

    private static string Part(string what) =>
        _page
            .Fill(
                $"""
                Before.

                <!-- generated: {what} -->
                <!-- /generated -->

                After.
                """
            )
            .ReplaceLineEndings("\n");

    /// <summary>Of the agency.</summary>
    public sealed class AgencyOptions
    {
        /// <summary>How large. The default value is 5242880 (5 MiB).</summary>
        public int Size { get; set; } = 5 * 1024 * 1024;

        /// <summary>How long; see Agency__Size. The default value is 10 seconds. As in <c>Agency__Address</c>.</summary>
        [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
        public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

        /// <summary>Where it is. The default value is empty: nowhere.</summary>
        public string Address { get; set; } = "";

        /// <summary>By name.</summary>
        public Dictionary<string, string> Rules { get; } = [];

        /// <summary>The desks.</summary>
        public Dictionary<string, DeskOptions> Desks { get; } = [];

        /// <summary>Computed.</summary>
        public bool IsOpen => Desks.Count > 0;
    }

    /// <summary>A desk.</summary>
    public sealed class DeskOptions
    {
        /// <summary>Whether it is open. The default value is true.</summary>
        public bool Open { get; set; } = true;
    }

    public sealed class Undocumented
    {
        public string Silent { get; set; } = "";
    }
}
