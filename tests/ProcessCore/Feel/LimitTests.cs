using System.Diagnostics;
using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

/// <summary>Expressions that would stall or exhaust the core end with a reason instead.</summary>
public class LimitTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("for a in 1..1000000000 return a", "steps")]
    [InlineData("for a in 1..10000, b in 1..10000 return 1", "steps")]
    [InlineData("some a in 1..1000000000 satisfies a < 0", "steps")]
    [InlineData("every a in 1..79228162514264337593543950335 satisfies true", "steps")]
    [InlineData("count(for a in 1..100000 return distinct values(for b in 1..1000 return b))", "steps")]
    [InlineData("for i in 1..60 return if i = 1 then \"aaaaaaaa\" else partial[-1] + partial[-1]", "characters")]
    [InlineData("for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])", "steps")]
    [InlineData("for i in 1..60 return [partial, partial]", "steps")]
    [InlineData("string(for i in 1..60 return partial)", "")]
    [InlineData("(for i in 1..40 return partial) = (for i in 1..40 return partial)", "steps")]
    [InlineData(
        "(for i in 1..40 return [partial[-1], partial[-1]]) instance of list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<number>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>",
        null
    )]
    [InlineData("{f: function(n) f(n + 1), r: f(1)}.r", "too deeply")]
    [InlineData("{f: function(n) f(n) + f(n), r: f(1)}.r", "too deeply")]
    [InlineData("for i in 1..1000 return [partial[-1]]", "nested")]
    [InlineData("flatten(for i in 1..100000 return [partial[-1]])", "")]
    [InlineData("for i in 1..100000 return big", "steps")]
    [InlineData("for i in 1..100000 return upper case(big)", "steps")]
    [InlineData("for i in 1..100000 return many[1]", "steps")]
    [InlineData("sort(for i in 1..100000 return i, function(a, b) a > b)", "steps")]
    public void An_evaluation_is_bounded(string text, string? reason)
    {
        var variables = new JsonObject
        {
            ["big"] = new string('x', 200_000),
            ["many"] = new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => JsonValue.Create(i))]),
        };
        var watch = Stopwatch.StartNew();

        if (reason is null)
            Cases.Check(text, "false", variables);
        else
            Should
                .Throw<FeelEvaluationException>(() =>
                    FeelExpression.Parse(text).Evaluate(variables, TimeProvider.System).ToJson()
                )
                .Message.ShouldContain(reason);

        watch.Elapsed.ShouldBeLessThan(_patience);
    }

    [Theory]
    [InlineData("matches(text, \"(a+)+$\")")]
    [InlineData("replace(text, \"(a|a)+b\", \"\")")]
    [InlineData("split(text, \"(a+)+b\")")]
    [InlineData("extract(text, \"(a+)+b\")")]
    public void A_regular_expression_that_backtracks_without_end_is_given_up(string text)
    {
        var variables = new JsonObject { ["text"] = new string('a', 5000) + "!" };

        var ended = Should.Throw<FeelEvaluationException>(() =>
            FeelExpression.Parse(text).Evaluate(variables, TimeProvider.System)
        );

        ended.Message.ShouldContain("The regular expressions take more than 250 ms");
    }

    [Fact]
    public void An_expression_has_a_longest_length()
    {
        FeelExpression.Parse("\"" + new string('x', FeelLimits.Length - 2) + "\"");

        var refused = Should.Throw<FeelSyntaxException>(() =>
            FeelExpression.Parse("\"" + new string('x', FeelLimits.Length))
        );

        refused.Reason.ShouldBe("The expression has 32769 characters, at most 32768 are allowed; split it up.");
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("{a:", "1", "}")]
    [InlineData("-", "1", "")]
    [InlineData("if true then ", "1", " else 2")]
    [InlineData("abs(", "1", ")")]
    [InlineData("x[", "1", "]")]
    [InlineData("for a in b return ", "1", "")]
    [InlineData("function(a) ", "1", "")]
    [InlineData("1 instance of list<", "number", ">")]
    public void Expressions_are_nested_to_a_depth(string before, string innermost, string after)
    {
        FeelExpression.Parse(Nested(40));

        var refused = Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse(Nested(1000)));

        refused.Reason.ShouldContain("nested more than 100 deep");

        string Nested(int times) =>
            before.StartsWith("1 instance", StringComparison.Ordinal)
                ? "1 instance of " + Repeat("list<", times) + innermost + Repeat(">", times)
                : Repeat(before, times) + innermost + Repeat(after, times);
    }

    [Theory]
    [InlineData("1", " + 1", 500)]
    [InlineData("true", " and true", 500)]
    [InlineData("a", ".a", 500)]
    [InlineData("a", "[1]", 500)]
    [InlineData("1", " in 1", 500)]
    public void Chains_of_operators_have_a_longest_length(string first, string link, int allowed)
    {
        FeelExpression.Parse(first + Repeat(link, allowed)).Evaluate([], TimeProvider.System);

        Should
            .Throw<FeelSyntaxException>(() => FeelExpression.Parse(first + Repeat(link, 2000)))
            .Reason.ShouldContain("More than 1000 operators follow each other");
    }

    [Fact]
    public void Only_the_first_warnings_are_kept()
    {
        var result = FeelExpression.Parse("for i in 1..1000 return unknown").Evaluate([], TimeProvider.System);

        result.Warnings.Count.ShouldBe(FeelLimits.Warnings);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
