namespace Integration.ProcessCore.Tests.Feel;

public class ControlFlowTests
{
    [Theory]
    [MemberData(nameof(Conditions))]
    public void If_takes_the_else_branch_unless_its_condition_is_true(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Conditions =>
        Cases.Of(
            """
            if true then 1 else 2 => 1
            if false then 1 else 2 => 2
            if null then 1 else 2 => 2
            if 5 then 1 else 2 => 2
            if "true" then 1 else 2 => 2
            if 1 < 2 then "a" else "b" => "a"
            if unknown = 1 then "a" else "b" => "b"
            if unknown > 1 then "a" else "b" => "b"
            if false then 1 else if true then 2 else 3 => 2
            (if true then 1 else 2) + 10 => 11
            if true then 1 else 2 + 10 => 1
            if true and false then 1 else 2 => 2
            [if true then 1 else 2] => [1]
            """
        );

    [Theory]
    [MemberData(nameof(Loops))]
    public void For_makes_a_list(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Loops =>
        Cases.Of(
            """
            for i in [1, 2, 3] return i + 1 => [2,3,4]
            for i in [1, 2, 3], j in [4, 5] return i + j => [5,6,6,7,7,8]
            for i in [] return i => []
            for i in [], j in [1] return i => []
            for i in 2..4 return i => [2,3,4]
            for i in 4..2 return i => [4,3,2]
            for i in -1..1 return i => [-1,0,1]
            for i in 1..-1 return i => [1,0,-1]
            for i in 1..1 return i => [1]
            for i in 1+1..1+3 return i => [2,3,4]
            for i in [1..3] return i => [1,2,3]
            for i in (1..4) return i => [2,3]
            for i in ]1..3] return i => [2,3]
            for i in 0..4 return if i = 0 then 1 else i * partial[-1] => [1,1,2,6,24]
            for i in 1..3 return count(partial) => [0,1,2]
            for i in 1..3 return partial => [[],[[]],[[],[[]]]]
            for x in [[1, 2], [3]], y in x return y * 10 => [10,20,30]
            for x in 1..2, y in x..2 return [x, y] => [[1,1],[1,2],[2,2]]
            for x in [{a: 1}, {a: 2}] return x.a => [1,2]
            for x in [1, null] return x => [1,null]
            for x in [1] return for y in [2] return x + y => [[3]]
            for d in @"2026-01-30"..@"2026-02-01" return d => ["2026-01-30","2026-01-31","2026-02-01"]
            for item in ["a"] return item => ["a"]
            for x in null return x => null
            for x in 5 return x => null
            for x in "abc" return x => null
            for x in {a: 1} return x => null
            for x in 1..null return x => null
            for x in 1.5..3 return x => null
            for x in ["a".."c"] return x => null
            for x in [1], y in null return x => null
            """
        );

    [Theory]
    [MemberData(nameof(Quantifiers))]
    public void Some_and_every_test_the_items_of_a_list(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Quantifiers =>
        Cases.Of(
            """
            some x in [1, 2, 3] satisfies x > 2 => true
            some x in [1, 2, 3] satisfies x > 3 => false
            some x in [] satisfies true => false
            every x in [1, 2, 3] satisfies x > 0 => true
            every x in [1, 2, 3] satisfies x > 1 => false
            every x in [] satisfies false => true
            some x in [1, 2], y in [2, 3] satisfies x = y => true
            every x in [1, 2], y in [2, 3] satisfies x < y => false
            every x in [1, 2], y in [3, 4] satisfies x < y => true
            some x in 1..10 satisfies x = 7 => true
            every x in [1..3] satisfies x < 4 => true
            some x in [1, null] satisfies x > 0 => true
            some x in [0, null] satisfies x > 0 => null
            every x in [0, null] satisfies x > 0 => false
            every x in [1, null] satisfies x > 0 => null
            some x in null satisfies x > 0 => null
            every x in null satisfies x > 0 => null
            some x in [[1], [2]] satisfies x[1] = 2 => true
            some x in [{a: 1}] satisfies x.a = 1 => true
            every x in [1, 2] satisfies some y in [1, 2] satisfies x = y => true
            """
        );

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_can_be_defined_and_called(string expression, string expected) =>
        Cases.Check(expression, expected);

    public static TheoryData<string, string> Functions =>
        Cases.Of(
            """
            (function(a) a + 1)(2) => 3
            (function() 5)() => 5
            (function(a, b) a - b)(b: 1, a: 10) => 9
            {f: function(x) x * 2, r: f(21)}.r => 42
            {f: function(x) x * 2}.f(4) => 8
            {n: 10, f: function(x) x + n, r: f(1)}.r => 11
            {fact: function(n) if n <= 1 then 1 else n * fact(n - 1), r: fact(10)}.r => 3628800
            {count: function(x) "mine", r: count([1])}.r => "mine"
            for f in [function(x) x + 1, function(x) x * 10] return f(5) => [6,50]
            (function(a: number) a)(1) => 1
            (function(a: number) a)("1") => null
            (function(a: list<number>) count(a))([1, 2]) => 2
            (function(a: list<number>) count(a))(["1"]) => null
            (function(a: date and time) a.hour)(@"2026-01-01T10:00:00") => 10
            (function(a) a)(1, 2) => null
            (function(a) a)() => null
            (function(a) a)(b: 1) => null
            5(1) => null
            substring(string: "foobar", start position: 3) => "obar"
            substring(start position :3, string:"foobar", length: 2) => "ob"
            contains(match: "b", string: "abc") => true
            sum(list: [1, 2]) => 3
            replace(input: "abc", pattern: "b", replacement: "x") => "axc"
            modulo(dividend: 7, divisor: 4) => 3
            """
        );

    [Theory]
    [MemberData(nameof(Types))]
    public void Instance_of_tells_types_apart(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Types =>
        Cases.Of(
            """
            1 instance of number => true
            1 instance of string => false
            "a" instance of string => true
            true instance of boolean => true
            [1] instance of list => true
            {a: 1} instance of context => true
            @"2026-01-01" instance of date => true
            @"2026-01-01" instance of date and time => false
            @"2026-01-01T10:00:00" instance of date and time => true
            @"2026-01-01T10:00:00" instance of date => false
            @"10:00:00" instance of time => true
            @"P1D" instance of days and time duration => true
            @"P1Y" instance of years and months duration => true
            @"P1Y" instance of days and time duration => false
            [1..2] instance of range => true
            [1..2] instance of range<number> => true
            [1..2] instance of range<string> => false
            (function(a) a) instance of function => true
            [1, 2] instance of list<number> => true
            [1, "a"] instance of list<number> => false
            [[1]] instance of list<list<number>> => true
            [] instance of list<string> => true
            {a: 1, b: "x"} instance of context<a: number> => true
            {a: "1"} instance of context<a: number> => false
            {b: 1} instance of context<a: number> => false
            null instance of Null => true
            1 instance of Null => false
            null instance of number => false
            null instance of Any => false
            1 instance of Any => true
            "a" instance of Any => true
            1 instance of number and true => true
            not(1 instance of string) => true
            1 + 1 instance of number => null
            """
        );
}
