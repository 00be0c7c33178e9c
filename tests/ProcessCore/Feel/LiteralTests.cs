namespace Integration.ProcessCore.Tests.Feel;

public class LiteralTests
{
    [Theory]
    [MemberData(nameof(Values))]
    public void A_literal_is_its_value(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Values =>
        Cases.Of(
            """
            null => null
            true => true
            false => false
            0 => 0
            007 => 7
            1.50 => 1.50
            -0.5 => -0.5
            12345678901234567890123456.78 => 12345678901234567890123456.78
            "" => ""
            "a b" => "a b"
            "it's" => "it's"
            "a\"b" => "a\"b"
            "a\\b" => "a\\b"
            "a\nb" => "a\nb"
            "a\tb\rc" => "a\tb\rc"
            "\u00e9" => "é"
            "\U01F40E" => "🐎"
            "\uD83D\uDC0E" => "🐎"
            "🐎" => "🐎"
            "\d+" => "\\d+"
            [] => []
            [1] => [1]
            [1, "a", null, [true]] => [1,"a",null,[true]]
            {} => {}
            {a: 1} => {"a":1}
            {"a b": 1, c: {d: [2]}} => {"a b":1,"c":{"d":[2]}}
            {if: 1, `x y`: 2} => {"if":1,"x y":2}
            {a: 1, b: a + 1, c: a + b} => {"a":1,"b":2,"c":3}
            {z: 1, a: 2} => {"z":1,"a":2}
            (1) => 1
            ((("a"))) => "a"
            @"2026-12-01" => "2026-12-01"
            @"10:30:00" => "10:30:00"
            @"2026-12-01T10:30:00Z" => "2026-12-01T10:30:00Z"
            @"PT5M" => "PT5M"
            @"P1Y2M" => "P1Y2M"
            [1..5] => "[1..5]"
            (1..5] => "(1..5]"
            ]1..5[ => "(1..5)"
            ["a".."c"] => "[\"a\"..\"c\"]"
            [1.."a"] => null
            [null..5] => null
            function(a, b: number) a => "function(a, b: number)"
            1 + /* a comment */ 2 => 3
            1 + 2 // to the end => 3
            """
        );

    [Fact]
    public void A_line_may_end_within_an_expression_and_a_comment_ends_with_it() =>
        Cases.Check("[1, // one\r\n 2 /* two\n more */,\t3]", "[1,2,3]");

    [Fact]
    public void A_string_may_have_several_lines() => Cases.Check("\"a\nb\"", "\"a\\nb\"");

    [Fact]
    public void A_comment_within_a_string_is_text() => Cases.Check("\"http://x /* y */\"", "\"http://x /* y */\"");
}
