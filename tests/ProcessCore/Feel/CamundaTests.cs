using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

/// <summary>Where FEEL leaves a choice, or Camunda 8 has made one of its own: what its documentation and its engine say.</summary>
public sealed class CamundaTests
{
    public static TheoryData<string, string> Values =>
        Cases.Of(
            """
            # What is null is not defined
            is defined(null) => false
            is defined({a: null}.a) => false
            is defined({}.a) => false
            is defined(unknown) => false
            is defined(0) => true
            is defined("") => true
            if is defined(null) then 1 else "default" => "default"

            # Months between days, whatever the time of day
            years and months duration(date and time("2014-12-31T23:59:59"), date and time("2016-12-31T00:00:01")) => "P2Y"
            years and months duration(date and time("2016-12-31T00:00:01"), date and time("2014-12-31T23:59:59")) => "-P2Y"
            years and months duration(date("2016-01-31"), date("2016-02-29")) => "P0Y"
            years and months duration(date("2016-01-15"), date and time("2017-01-14T23:00:00Z")) => "P11M"
            years and months duration(date("2024-03-30"), date("2024-02-29")) => "-P1M"

            # Lists of lists, by position and by name
            union(lists: [[1,2],[2,3]]) => [1,2,3]
            union([[1,2],[2,3]]) => [1,2,3]
            union([1,2],[2,3]) => [1,2,3]
            union([1], 2) => [1,2]
            concatenate(lists: [[1],[2,3]]) => [1,2,3]
            concatenate([[1],[2,3]]) => [1,2,3]
            concatenate([1],[2,3]) => [1,2,3]
            append(list: [1], items: [2,3]) => [1,2,3]
            append([1], [2,3]) => [1,[2,3]]
            append([1], 2, 3) => [1,2,3]
            append(list: [1], items: 2) => null
            sum(list: [1,2]) => 3
            sum(1, 2) => 3
            sum(5) => 5
            sum(list: 5) => null
            context merge(contexts: [{a: 1}, {b: 2}]) => {"a":1,"b":2}
            all([true, false]) => false
            and([true, false]) => false
            and(true, true) => true
            and([true, null]) => null
            or([false, true]) => true
            or(false, false) => false
            or([false, null]) => null
            [true] and true => null
            false and [true] => false
            true or [true] => true
            [] or false => null

            # A value is no list of itself
            count(1) => null
            list contains(1, 1) => null
            append(1, 2) => null
            5[1] => null
            null[1] => null
            "abc"[item = "abc"] => null

            # Separators of numbers
            number("1.500", ".") => 1500
            number("1,500", ",") => 1500
            number("1 500", " ") => 1500
            number("1.500,25", ".", ",") => 1500.25
            number("1,5", null, ",") => 1.5
            number("1.500", ".", ".") => null
            number("1.5") => 1.5
            number("1_5") => null
            number("") => null
            number("1e3") => 1000
            number("12345678901234567890123456789012") => 12345678901234567890123456789012
            number("1e-30") => 0.000000000000000000000000000001

            # Within lists and contexts, other types are other values
            {x: 1} = {x: true} => false
            {x: 1} != {x: true} => true
            [1] = [true] => false
            [[1]] = [["1"]] => false
            {x: {y: 1}} = {x: {y: "1"}} => false
            1 = true => null
            list contains([1, 2], "1") => false
            {x: null} = {x: null} => true

            # Joining with something around it
            string join(["a", "b"], ", ", "[", "]") => "[a, b]"
            string join(["a", "b"], null, "<", ">") => "<ab>"
            string join([], ", ", "[", "]") => "[]"
            string join(list: ["a", "b"], delimiter: "-", prefix: "<", suffix: ">") => "<a-b>"
            string join(["a", null, "b"], "-") => "a-b"
            string join(["a", 1], "-") => null

            # A way through contexts
            get value({x: 1, y: {z: 0}}, ["y", "z"]) => 0
            get value(context: {x: {y: {z: 0}}}, keys: ["x", "y"]) => {"z":0}
            get value({a: {b: 3}}, ["b"]) => null
            get value({a: 1}, []) => null
            get value(context: {a: 1}, key: "a") => 1
            context([{key: "a", value: 1}, {key: "a", value: 2}]) => {"a":2}

            # Parts of lists, also where there is none
            sublist([1,2,3], 2, 10) => [2,3]
            sublist([1,2,3], 4) => []
            sublist([1,2,3], -2) => [2,3]
            sublist([1,2,3], 1.9) => [1,2,3]
            insert before([1,2], 5, 3) => [1,2,3]
            insert before([1,2], -1, 3) => [1,3,2]
            [1,2,3][1.5] => 1

            # Numbers with a fraction are neither odd nor even
            odd(1.5) => false
            even(1.5) => false
            odd(-3) => true
            even(0) => true
            abs(number: -1) => 1

            # Text
            upper case("straße") => "STRASSE"
            upper case("ﬁne") => "FINE"
            lower case("ΟΔΟΣ") => "οδος"
            trim("  a  ") => "a"
            string({a: 1, b: "x"}) => "{a:1, b:\"x\"}"
            string([1, "a"]) => "[1, \"a\"]"
            string(duration("PT0S")) => "P0D"
            string(duration("P0M")) => "P0Y"
            extract(input: "a1b2", pattern: "[0-9]") => ["1","2"]

            # Seconds are optional, the zone may be put on or exchanged
            time("10:30") => "10:30:00"
            time("T10:30:00") => "10:30:00"
            date and time("2026-01-01T10:30") => "2026-01-01T10:30:00"
            date and time(date and time("2026-01-01T10:00:00"), "Europe/Paris") => "2026-01-01T10:00:00+01:00"
            date and time(date("2026-01-01")) => null
            @"2026-01-02T00:00:00Z" - @"2026-01-01" => null
            time(10, 0, 0, duration("PT19H")) => null

            # Fractions of a second are kept, or the time is refused; never cut off
            time("10:00:00.1234567") => "10:00:00.1234567"
            time("10:00:00.120000000") => "10:00:00.12"
            time("10:00:00.123456789") => null
            date and time("2026-01-01T10:00:00.123456789Z") => null
            time(10, 0, 1.5) => "10:00:01.5"
            time(10, 0, 1.123456789) => null
            duration("PT1.5S") => "PT1.5S"
            duration("PT0.123456789S") => null
            duration("PT1.5S").seconds => 1
            time("10:00:01.5").second => 1
            sort([3, 1, 2], function(a, b) 5) => null
            """
        );

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_the_one_of_Camunda(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Patterns =>
        Cases.Of(
            """
            # A line ends with any of its marks, and a point is none of them
            matches("a\rb", "a.b") => false
            matches("a\nb", "a.b") => false
            matches("a\u2028b", "a.b") => false
            matches("a\rb", "a.b", "s") => true
            matches("a\rb", "^b", "m") => true
            matches("a\rb", "a$", "m") => true
            matches("a\r\nb", "a$", "m") => true
            matches("a\r", "a$") => true
            matches("a\r\n", "^a$") => true
            matches("a\rb", "^b") => false

            # x takes whitespace and comments out, in classes too
            matches("helloworld", "hello world", "x") => true
            matches("hello world", "hello world", "x") => false
            matches("hello world", "hello\ world", "x") => true
            matches("a\rb", "a\rb", "x") => false
            matches("ab", "a\rb", "x") => true
            matches("ab", "a # the first\nb", "x") => true
            matches("a#b", "a#b") => true
            matches("ab", "[a b]{2}", "x") => true

            # ASCII, as Java has it
            matches("٣", "\d") => false
            matches("ä", "\w") => false
            matches("\u00a0", "\s") => false
            matches("a-b.c", "^[\w-.]+$") => true
            matches("x", "[^\d]") => true
            matches("5", "[\D]") => false

            # Characters beyond the basic plane are one
            matches("🐎", "^.$") => true
            matches("🐎🐎", "^🐎{2}$") => true
            matches("🐎", "^[^a]$") => true
            matches("🐎", "^[\s\S]$") => true
            matches("🐎", "^\D$") => true
            matches("🐎", "^\w$") => false
            matches("🐎", "[^\S]") => false
            matches(" ", "[^\S]") => true
            matches("🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎", "^.*x$") => false

            # Groups
            replace("john smith", "(\w+) (\w+)", "$2 $1") => "smith john"
            replace("ab", "(?<first>a)(b)", "$2$1") => "ba"
            replace("ab", "(?<first>a)(b)", "${first}!") => "a!"
            replace("a", "(a)", "$12") => "a2"
            replace("a", "a", "\$1") => "$1"
            replace("a", "a", "$1") => null
            replace("a", "a", "$") => null
            replace("aa", "(a)\1", "x") => "x"
            split("a-b", "(-)") => ["a","b"]
            split("abc", "") => ["a","b","c",""]
            split("", ",") => [""]
            split("a,,b,", ",") => ["a","","b",""]
            extract("a1b22", "[a-z]([0-9]+)") => ["a1","b22"]
            matches("A", "a", "i") => true
            matches("a\nb", "(?s)a.b") => true
            matches("a.b", "a\Q.\Eb") => true
            matches("axb", "a\Q.\Eb") => false
            """
        );

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_matches_what_it_does_in_Camunda(string expression, string expected) =>
        Cases.Check(expression, expected);

    [Theory]
    [InlineData("matches(\"a\", \"[\")", "closing ]")]
    [InlineData("matches(\"a\", \"a++\")", "Possessive")]
    [InlineData("matches(\"a\", \"[a[bc]]\")", "Classes within classes")]
    [InlineData("matches(\"a\", \"[a-z&&[aeiou]]\")", "Classes within classes")]
    [InlineData("matches(\"a\", \"a(?i)b\")", "flags go before the whole pattern")]
    [InlineData("matches(\"a\", \"\\p{IsCyrillic}\")", "general categories")]
    [InlineData("matches(\"a\", \"a{,2}\")", "number of repetitions")]
    [InlineData("matches(\"a\", \"a\", \"q\")", "s, m, i and x")]
    [InlineData("replace(\"a\", \"(\", \"b\")", "pattern of replace()")]
    [InlineData("split(\"a\", \"(\")", "pattern of split()")]
    [InlineData("extract(\"a\", \"*\")", "pattern of extract()")]
    [InlineData("1e-30", "up to 28 digits")]
    [InlineData("12345678901234567890123456789012 + 1", "up to 28 digits")]
    [InlineData("0.12345678901234567890123456789012", "up to 28 digits")]
    [InlineData("@\"10:00:00.123456789\"", "no date, time or duration")]
    public void What_cannot_be_computed_is_refused_at_deployment(string expression, string reason) =>
        Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse(expression)).Reason.ShouldContain(reason);

    [Fact]
    public void What_an_earlier_release_has_taken_goes_on()
    {
        FeelExpression
            .Parse("matches(\"a\", \"[\")", isStored: true)
            .Evaluate([], TimeProvider.System)
            .Type.ShouldBe("null");
        FeelExpression
            .Parse("1e-30", isStored: true)
            .Evaluate([], TimeProvider.System)
            .ToJson()!
            .ToJsonString()
            .ShouldBe("0.000000000000000000000000000001");
    }

    [Theory]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("1e-30")]
    [InlineData("1E+3")]
    [InlineData("1.50")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("0.1234567890123456789012345678901234567890")]
    [InlineData("9007199254740993")]
    [InlineData("1e99999999999999999999")]
    public void A_number_that_is_passed_on_stays_as_it_was_written(string number)
    {
        foreach (
            var expression in new[]
            {
                "n",
                "[n][1]",
                "{a: n}.a",
                "if true then n else 0",
                "get or else(n, 1)",
                "max([n])",
            }
        )
        {
            var variables = JsonNode.Parse($"{{\"n\": {number}}}")!.AsObject();

            var result = FeelExpression.Parse(expression).Evaluate(variables, TimeProvider.System);

            result.Type.ShouldBe("number");
            result.ToJson()!.ToJsonString().ShouldBe(number, expression);
        }
    }

    [Theory]
    [InlineData("n = n", "true")]
    [InlineData("n = 12345678901234567890123456789", "false")]
    [InlineData("n > 5", "true")]
    [InlineData("-5 < n", "true")]
    [InlineData("n = m", "true")]
    [InlineData("n > m + 0", "null")]
    [InlineData("n + 1", "null")]
    [InlineData("n instance of number", "true")]
    [InlineData("string(n)", "\"12345678901234567890123456789012\"")]
    [InlineData("sort([n, 1])[1]", "1")]
    [InlineData("[1, 2][n]", "null")]
    public void A_number_that_cannot_be_computed_with_can_be_compared(string expression, string expected) =>
        Cases.Check(
            expression,
            expected,
            JsonNode
                .Parse("{\"n\": 12345678901234567890123456789012, \"m\": 1.2345678901234567890123456789012e31}")!
                .AsObject()
        );

    [Theory]
    [InlineData("1/10000000000000000000000000000")]
    [InlineData("0.00000000000001 * 0.0000000000000000001")]
    [InlineData("0.1 ** 40")]
    [InlineData("exp(-100)")]
    public void A_result_that_is_too_small_is_not_zero(string expression)
    {
        if (expression.StartsWith('1'))
            Cases.Check(expression, "0.0000000000000000000000000001");
        else
            Cases.Check(expression, "null");
    }
}
