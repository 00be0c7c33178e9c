using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

public class SyntaxErrorTests
{
    [Theory]
    [InlineData("", 0, "There is no expression. Write a value, e.g. =amount")]
    [InlineData("   ", 3, "There is no expression.")]
    [InlineData("1 +", 3, "Expected a value, found the end.")]
    [InlineData("(1 + 2", 6, "Expected ')' to close the parenthesis, found the end.")]
    [InlineData("[1, 2", 5, "Expected ']' to close the list, found the end.")]
    [InlineData("[1, ]", 4, "Expected a value, found ']'.")]
    [InlineData("{a: 1", 5, "Expected '}' to close the context, found the end.")]
    [InlineData(
        "{a 1}",
        3,
        "Expected ':' after the name of the entry, found '1'. A name with blanks goes between double quotes."
    )]
    [InlineData("{1: 2}", 1, "Expected the name of an entry, found '1'.")]
    [InlineData("{a: 1, a: 2}", 7, "The context has two entries named 'a'.")]
    [InlineData("1 2", 2, "Expected an operator or the end, found '2'.")]
    [InlineData("first name + 1", 6, "A name with blanks goes between backticks: `first name`.")]
    [InlineData("a == 1", 3, "Expected a value, found '='. Equality is a single '='.")]
    [InlineData("a != ", 5, "Expected a value, found the end.")]
    [InlineData("a && b", 2, "The character '&' has no meaning here. Write 'and'")]
    [InlineData("a || b", 2, "Write 'or'")]
    [InlineData("!a", 0, "Negate with not(…).")]
    [InlineData("a % 2", 2, "Write modulo(a, b).")]
    [InlineData("'text'", 0, "Strings go between double quotes.")]
    [InlineData("a; b", 1, "there are no statements.")]
    [InlineData("> 5", 0, "A comparison without a left side can only follow 'in'.")]
    [InlineData("+5", 0, "A number needs no '+'.")]
    [InlineData("\"abc", 0, "The string that begins here has no closing \".")]
    [InlineData("1 + `abc", 4, "The quoted name that begins here has no closing `.")]
    [InlineData("\"\\u12\"", 1, "This escape needs 4 hexadecimal digits")]
    [InlineData("\"\\U110000\"", 1, "is no Unicode character.")]
    [InlineData("1 /* never ends", 2, "The comment that begins here has no closing */.")]
    [InlineData("@2026", 0, "a string must follow it.")]
    [InlineData("@\"tomorrow\"", 0, "\"tomorrow\" is no date, time or duration.")]
    [InlineData("@\"P1Y1D\"", 0, "is no date, time or duration.")]
    [InlineData("123456789012345678901234567890123", 0, "cannot be computed with")]
    [InlineData("if a then b", 11, "Expected 'else' after the 'then' branch, found the end.")]
    [InlineData("if a else b", 5, "Expected 'then' after the condition of 'if', found 'else'.")]
    [InlineData("for x [1] return x", 6, "Expected 'in' after the name of an iterator, found '['.")]
    [InlineData("for x in [1]", 12, "Expected 'return' after the iterators of 'for', found the end.")]
    [InlineData(
        "for if in [1] return 1",
        4,
        "'if' is a keyword and cannot be the name of an iterator; put it between backticks."
    )]
    [InlineData("for 1 in [1] return 1", 4, "Expected the name of an iterator, found '1'.")]
    [InlineData("some x in [1] return x", 14, "Expected 'satisfies' after the iterators of 'some', found 'return'.")]
    [InlineData("5 between 1 or 3", 12, "Expected 'and' between the two bounds of 'between', found 'or'.")]
    [InlineData("5 between 1", 11, "Expected 'and' between the two bounds of 'between', found the end.")]
    [InlineData("5 in (1, 2", 10, "Expected ')' after the tests of 'in', found the end.")]
    [InlineData("5 in [1..3", 10, "Expected ']', ')' or '[' to close the range, found the end.")]
    [InlineData("]1, 2]", 2, "Expected '..' after the start of a range, found ','.")]
    [InlineData("a.", 2, "Expected the name of an entry after '.', found the end.")]
    [InlineData("a.1", 1, "Expected an operator or the end, found '.1'.")]
    [InlineData("a[1", 3, "Expected ']' after the filter, found the end.")]
    [InlineData("x instance of int", 14, "Expected a type, found 'int'. The types are Any, Null, boolean")]
    [InlineData("x instance number", 2, "Expected an operator or the end, found 'instance'.")]
    [InlineData("x instance of list<number", 25, "Expected '>' after the types, found the end.")]
    [InlineData("x instance of function<number>", 22, "The types of a function's parameters cannot be tested")]
    [InlineData("foo(1)", 0, "There is no function 'foo'. See docs/reference/feel.md for those there are.")]
    [InlineData("1 + coutn([1])", 4, "There is no function 'coutn'. Did you mean 'count'?")]
    [InlineData("string lenght(\"a\")", 0, "There is no function 'string lenght'. Did you mean 'string length'?")]
    [InlineData("uppercase(\"a\")", 0, "Did you mean 'upper case'?")]
    [InlineData("count()", 0, "The arguments do not fit the function. Call it as count(list).")]
    [InlineData("count(1, 2)", 0, "The arguments do not fit the function. Call it as count(list).")]
    [InlineData(
        "substring(\"a\")",
        0,
        "Call it as substring(string, start position) or substring(string, start position, length)."
    )]
    [InlineData("substring(text: \"a\", start position: 1)", 0, "Call it as substring(string, start position)")]
    [InlineData("substring(string: \"a\", 1)", 23, "Arguments are given either all by name or all by position.")]
    [InlineData(
        "substring(\"a\", start position: 1)",
        15,
        "Arguments are given either all by name or all by position."
    )]
    [InlineData("substring(string: \"a\", string: \"b\")", 23, "The argument 'string' is given twice.")]
    [InlineData("function(a external", 11, "Expected ')' after the parameters, found 'external'.")]
    [InlineData(
        "function(a) external {java: 1}",
        12,
        "External functions are not supported; call the code as an operation of a service task."
    )]
    [InlineData("max(", 4, "Expected a value, found the end.")]
    [InlineData("max(1, 2", 8, "Expected ')' after the arguments, found the end.")]
    [InlineData("a and", 5, "Expected a value, found the end.")]
    [InlineData("then", 0, "Expected a value, found the keyword 'then'.")]
    [InlineData("1 + return", 4, "Expected a value, found the keyword 'return'.")]
    [InlineData("#", 0, "The character '#' has no meaning here.")]
    [InlineData("now().", 6, "Expected the name of an entry after '.', found the end.")]
    public void A_text_that_is_no_expression_is_refused_with_place_reason_and_way_out(
        string text,
        int position,
        string reason
    )
    {
        var refused = Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse(text));

        refused.Position.ShouldBe(position, refused.Message);
        refused.Reason.ShouldContain(reason);
        refused.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("1 2", "Expected an operator or the end, found '2'. At column 3: 2.")]
    [InlineData("1 +", "Expected a value, found the end. At column 4, the end of the expression.")]
    [InlineData("[1,\n  2 3]", "Expected ']' to close the list, found '3'. At line 2, column 5: 3].")]
    [InlineData(
        "1 then if a very long expression follows here",
        "Expected an operator or the end, found 'then'. At column 3: then if a very long expr…."
    )]
    public void The_message_shows_the_place(string text, string message) =>
        Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse(text)).Message.ShouldBe(message);
}
