namespace Integration.ProcessCore.Tests.Feel;

public class OperatorTests
{
    [Theory]
    [MemberData(nameof(Arithmetic))]
    public void Arithmetic_is_decimal_and_null_where_it_is_not_defined(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Arithmetic =>
        Cases.Of(
            """
            1 + 2 => 3
            1 + 2 * 3 => 7
            (1 + 2) * 3 => 9
            10 - 4 - 3 => 3
            10 / 4 => 2.5
            8 / 4 / 2 => 1
            1.5 + 1.5 => 3
            0.1 + 0.2 => 0.3
            2 * 3.5 => 7
            100 * 10 ** 2 => 10000
            3 ** 4 ** 5 => 3486784401
            3 ** 2.00 => 9
            3.22 ** 2 => 10.3684
            -3 ** 2 => 9
            2 ** -1 => 0.5
            4 ** 0.5 => 2
            0 ** 0 => 1
            0 ** -1 => null
            -5 => -5
            --5 => 5
            -(2 + 3) => -5
            1 - -1 => 2
            1-1 => 0
            .5 + .5 => 1
            1.2e3 => 1200
            1e-2 => 0.01
            1E+2 => 100
            10 / 3 => 3.3333333333333333333333333333
            1 / 0 => null
            0 / 0 => null
            79228162514264337593543950335 + 1 => null
            10 ** 30 => null
            (-8) ** 0.5 => null
            null + 1 => null
            1 + null => null
            null - null => null
            null * 2 => null
            2 / null => null
            2 ** null => null
            true + 1 => null
            [1] + 1 => null
            [] * 2 => null
            {a: 1} + 1 => null
            -"a" => null
            -null => null
            -true => null
            -[] => null
            (function() "foo") ** 4 => null
            "foo" ** 4 => null
            """
        );

    [Theory]
    [MemberData(nameof(Strings))]
    public void Only_strings_join_strings(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Strings =>
        Cases.Of(
            """
            "a" + "b" => "ab"
            "a" + "" => "a"
            "a" + string(1) => "a1"
            "a" + 1 => null
            1 + "a" => null
            "a" + null => null
            "a" + true => null
            "a" - "b" => null
            "a" * 2 => null
            "a" / "b" => null
            """
        );

    [Theory]
    [MemberData(nameof(Comparison))]
    public void Values_of_one_type_are_ordered_others_are_not(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Comparison =>
        Cases.Of(
            """
            1 < 2 => true
            2 < 2 => false
            2 <= 2 => true
            3 <= 2 => false
            3 > 2 => true
            2 > 2 => false
            2 >= 2 => true
            1 >= 2 => false
            1 + 1 > 1 => true
            "a" < "b" => true
            "b" <= "a" => false
            "a" > "B" => true
            "" < "a" => true
            @"2026-01-01" < @"2026-01-02" => true
            @"10:00:00" > @"09:59:59" => true
            @"10:00:00Z" < @"10:00:00-01:00" => true
            @"10:00:00+02:00" = @"08:00:00Z" => true
            @"2026-01-01T10:00:00" >= @"2026-01-01T10:00:00" => true
            @"2026-01-01T10:00:00+01:00" < @"2026-01-01T10:00:00Z" => true
            @"2026-07-01T10:00:00@Europe/Paris" = @"2026-07-01T08:00:00Z" => true
            @"2026-01-01T10:00:00@Europe/Paris" = @"2026-01-01T09:00:00Z" => true
            @"PT1H" < @"PT61M" => true
            @"P1Y" > @"P11M" => true
            @"P1Y" = @"P12M" => true
            @"P1D" = @"PT24H" => true
            1 < "2" => null
            "1" < 2 => null
            null < 1 => null
            1 > null => null
            null >= null => null
            true > false => null
            [1] < [2] => null
            {a: 1} < {a: 2} => null
            @"2026-01-01" < @"10:00:00" => null
            @"P1Y" < @"P400D" => null
            @"2026-01-01T10:00:00" < @"2026-01-01T10:00:00Z" => null
            """
        );

    [Theory]
    [MemberData(nameof(Equality))]
    public void Null_equals_only_null_and_other_types_cannot_be_compared(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Equality =>
        Cases.Of(
            """
            null = null => true
            null != null => false
            true = true => true
            true != true => false
            true = false => false
            true = null => false
            false = null => false
            null != 1 => true
            false = 0 => null
            true = 1 => null
            100 = 100 => true
            100 != 100 => false
            1.00 = 1 => true
            0 = -0 => true
            1 = -1 => false
            0 = null => false
            100 = "100" => null
            100 != "100" => null
            "foo" = "foo" => true
            "foo" = "Foo" => false
            "foo" != "bar" => true
            "" = null => false
            "123" = 123 => null
            [1, 2, 3] = [1, 2, 3] => true
            [1, 2, 3] = [1, 2] => false
            [1, 2, 3] = [1, 2, 4] => false
            [] = [] => true
            [1, 2] = [2, 1] => false
            [1, [2]] = [1, [2]] => true
            [] = null => false
            [] = 0 => null
            [1, "a"] = [1, 2] => false
            [1, "a"] = [2, 2] => false
            true[1] = true => false
            100[1] = 100 => false
            "foo"[1] = "foo" => false
            {} = {} => true
            {a: 1, b: 2} = {a: 1, b: 2} => true
            {a: 1, b: 2} = {b: 2, a: 1} => true
            {"a": 1} = {a: 1} => true
            {a: 1} = {a: 2} => false
            {a: 1} = {b: 1} => false
            {a: 1} = {a: 1, b: 2} => false
            {} = null => false
            {} = [] => null
            @"2018-12-08" = @"2018-12-08" => true
            @"2018-12-08" = @"2018-12-09" => false
            @"2018-12-08" = null => false
            @"2018-12-08" = "2018-12-08" => null
            @"10:30:00" = @"10:30:00.000" => true
            @"10:30:00" = @"10:30:00Z" => null
            @"10:30:00Z" = @"10:30:00+00:00" => true
            @"P1Y" = @"P1Y" => true
            @"P1Y" != @"P2Y" => true
            @"PT0S" = @"P0D" => true
            @"P1Y" = @"P365D" => null
            [1..5] = [1..5] => true
            [1..5] = [1..5) => false
            [1..5] = [1..6] => false
            [1..5] = 1 => null
            """
        );

    [Theory]
    [MemberData(nameof(Logic))]
    public void Logic_has_three_values(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Logic =>
        Cases.Of(
            """
            true and true => true
            true and false => false
            false and true => false
            false and false => false
            true and null => null
            null and true => null
            false and null => false
            null and false => false
            null and null => null
            true and 123 => null
            false and 123 => false
            123 and true => null
            "a" and "b" => null
            true or true => true
            true or false => true
            false or true => true
            false or false => false
            true or null => true
            null or true => true
            false or null => null
            null or false => null
            null or null => null
            false or 123 => null
            true or 123 => true
            123 or true => true
            true or false and false => true
            (true or false) and false => false
            1 < 2 and 2 < 3 => true
            1 = 2 or 2 = 2 => true
            not(true) => false
            not(false) => true
            not(null) => null
            not(0) => null
            not("true") => null
            not(1 > 2) and true => true
            """
        );

    [Theory]
    [MemberData(nameof(BetweenAndIn))]
    public void Between_and_in_test_a_value(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> BetweenAndIn =>
        Cases.Of(
            """
            5 between 1 and 10 => true
            1 between 1 and 10 => true
            10 between 1 and 10 => true
            0 between 1 and 10 => false
            11 between 1 and 10 => false
            1 + 4 between 2 * 2 and 6 => true
            5 between 1 and 10 and true => true
            "b" between "a" and "c" => true
            @"2026-02-01" between @"2026-01-01" and @"2026-03-01" => true
            null between 1 and 10 => null
            2 between null and 10 => null
            2 between 1 and null => null
            "a" between 1 and 2 => null
            1 in [2, 3, 1] => true
            1 in [2, 3, 4] => false
            1 in [[2..4], [1..3]] => true
            5 in [[2..4], [1..3]] => false
            1 in <= 10 => true
            10 in <= 10 => true
            11 in <= 10 => false
            1 in < 10 => true
            10 in < 10 => false
            11 in >= 10 => true
            9 in >= 10 => false
            11 in > 10 => true
            10 in > 10 => false
            3 in = 3 => true
            3 in != 3 => false
            1 in (2..4) => false
            2 in (2..4) => false
            3 in (2..4) => true
            4 in (2..4) => false
            2 in (2..4] => false
            4 in (2..4] => true
            2 in [2..4) => true
            4 in [2..4) => false
            2 in [2..4] => true
            4 in [2..4] => true
            5 in [2..4] => false
            2 in ]2..4[ => false
            3 in ]2..4[ => true
            4 in ]2..4] => true
            1 in 1 => true
            1 in 2 => false
            10 in (1, < 5, >= 10) => true
            10 in (1, 5, 9) => false
            10 in ([1..3], [9..11]) => true
            "a" in ["b", "c", "a"] => true
            "b" in [["f".."h"], ["a".."c"]] => true
            "a" in <= "b" => true
            "c" in ("b".."d") => true
            "d" in ("b".."d") => false
            "a" in "a" => true
            "a" in ("a", "b") => true
            @"2026-05-05" in [@"2026-01-01"..@"2026-12-31"] => true
            @"12:00:00" in [@"10:00:00"..@"11:00:00"] => false
            @"PT5M" in < @"PT10M" => true
            [1, 2] in [[1, 2], [3]] => true
            [1, 2] in [1, 2] => true
            {a: 1} in [{b: 1}, {a: 1}] => true
            true in [false, true] => true
            5 in (? > 3) => true
            5 in (? > 7, ? < 6) => true
            "abc" in (starts with(?, "a")) => true
            null in [1, null] => true
            null in [1, 2] => false
            null in null => true
            1 in null => false
            1 in [] => false
            null in [1..3] => null
            "a" in [1..3] => null
            "a" in > 1 => null
            1 in "a" => null
            1 in [1..3] and 2 in [1..3] => true
            """
        );
}
