using Integration.Fixtures;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

/// <summary>The reference says what is true.</summary>
public class ReferenceTests
{
    private static readonly string _reference = File.ReadAllText(RepositoryFolder.File("docs/reference/feel.md"));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_reference_evaluates_to_what_stands_there(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Examples =>
        Cases.Of(
            string.Concat(
                _reference
                    .Split("```feel\n")
                    .Skip(1)
                    .Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])
            )
        );

    [Fact]
    public void The_reference_lists_every_built_in_function()
    {
        FeelExpression.Functions.Count.ShouldBeGreaterThan(90);
        FeelExpression
            .Functions.Where(signature => !_reference.Contains($"`{signature}`", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("first name + 1", "A name with blanks goes between backticks: ")]
    [InlineData("function(a) external {}", "External functions are not supported; ")]
    [InlineData("f instance of function<number>->number", "The types of a function's parameters cannot be tested; ")]
    [InlineData("before(1, 2)", "There is no function 'before'.")]
    [InlineData("range(\"[1..2]\")", "There is no function 'range'.")]
    [InlineData("[(> 5)]", "A comparison without a left side ")]
    [InlineData("uuid()", "There is no function 'uuid'.")]
    [InlineData("random number()", "There is no function 'random number'.")]
    [InlineData("is blank(\"a\")", "There is no function 'is blank'.")]
    [InlineData("to json({})", "There is no function 'to json'.")]
    [InlineData("a...b", "")]
    [InlineData("{a: 1, a: 2}", "The context has two entries named 'a'.")]
    [InlineData("@\"[1..5]\"", "")]
    public void What_is_not_supported_is_refused_with_the_words_of_the_reference(string expression, string reason) =>
        Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse(expression)).Reason.ShouldContain(reason);
}
