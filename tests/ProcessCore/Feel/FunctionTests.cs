using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Tests.Feel;

public class FunctionTests
{
    [Theory]
    [MemberData(nameof(Booleans))]
    public void Boolean_functions(string expression, string expected) =>
        Cases.Check(
            expression,
            expected,
            new JsonObject
            {
                ["known"] = null,
                ["object"] = new JsonObject { ["a"] = null },
            }
        );

    public static TheoryData<string, string> Booleans =>
        Cases.Of(
            """
            is defined(1) => true
            is defined(null) => false
            is defined(known) => false
            is defined(unknown) => false
            is defined(object.a) => false
            is defined(object.b) => false
            is defined(unknown.a) => false
            is defined(value: known) => false
            get or else(1, 2) => 1
            get or else(null, 2) => 2
            get or else(unknown, "x") => "x"
            get or else(null, null) => null
            get or else(object.b, object.c) => null
            assert(5, true) => 5
            assert(5, 5 > 3, "too small") => 5
            is(1, 1) => true
            is(1, "1") => false
            is(@"10:00:00Z", @"11:00:00+01:00") => false
            is(@"2026-01-01", @"2026-01-01") => true
            """
        );

    [Theory]
    [MemberData(nameof(Strings))]
    public void String_functions(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Strings =>
        Cases.Of(
            """
            substring("f", 1) => "f"
            substring("f", 1, 1) => "f"
            substring("foobar", 6) => "r"
            substring("foobar", 1, 6) => "foobar"
            substring("foobar", 3) => "obar"
            substring("foobar", 3, 3) => "oba"
            substring("foobar", -2, 1) => "a"
            substring("foobar", -2) => "ar"
            substring("foob r", -2, 1) => " "
            substring("foobar", -6, 6) => "foobar"
            substring("foobar", 3, 3.8) => "oba"
            substring("foobar", 3, 10) => "obar"
            substring("foobar", 0) => null
            substring("foobar", 7) => ""
            substring("", 1) => ""
            substring("foobar", 8) => null
            substring("foobar", -7) => null
            substring("foobar", 1, 0) => null
            substring("foobar", 1, -1) => null
            substring(null, 1) => null
            substring("foobar", "1") => null
            substring(1, 1) => null
            substring("\U01F40Eab", 2) => "ab"
            substring("a🐎b", 2, 1) => "🐎"
            string length("") => 0
            string length("a") => 1
            string length("abc") => 3
            string length("\U01F40Eab") => 3
            string length("äöü") => 3
            string length(null) => null
            string length(4) => null
            upper case("aBc4") => "ABC4"
            upper case("äé") => "ÄÉ"
            upper case("") => ""
            upper case(null) => null
            upper case(1) => null
            lower case("aBc4") => "abc4"
            lower case("ÄÉ") => "äé"
            lower case(null) => null
            trim("  a b ") => "a b"
            trim("") => ""
            trim(null) => null
            substring before("foobar", "bar") => "foo"
            substring before("foobar", "o") => "f"
            substring before("foobar", "xyz") => ""
            substring before("foobar", "") => ""
            substring before("", "a") => ""
            substring before(null, "a") => null
            substring after("foobar", "ob") => "ar"
            substring after("foobar", "r") => ""
            substring after("foobar", "") => "foobar"
            substring after("", "a") => ""
            substring after("foo", "x") => ""
            substring after("foo", null) => null
            contains("foobar", "ob") => true
            contains("foobar", "of") => false
            contains("foobar", "") => true
            contains("", "a") => false
            contains(null, "a") => null
            contains("a", 1) => null
            starts with("foobar", "fo") => true
            starts with("foobar", "ob") => false
            starts with("foobar", "") => true
            starts with("foobar", null) => null
            ends with("foobar", "r") => true
            ends with("foobar", "ba") => false
            ends with(null, "r") => null
            matches("foobar", "^fo*bar") => true
            matches("foobar", "^f$") => false
            matches("abracadabra", "bra") => true
            matches("FOO", "foo", "i") => true
            matches("FOO", "foo") => false
            matches("a\nb", "^b", "m") => true
            matches("a\nb", "a.b", "s") => true
            matches("a\nb", "a.b") => false
            matches("ab", "a b", "x") => true
            matches("abc", "\d") => false
            matches("a1c", "\d") => true
            matches(null, "a") => null
            matches("a", null) => null
            replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
            replace("0123456789", "(\d{3})(\d{3})(\d{4})", "($1) $2-$3") => "(012) 345-6789"
            replace("abracadabra", "bra", "*") => "a*cada*"
            replace("abracadabra", "a.*a", "*") => "*"
            replace("abracadabra", "a.*?a", "*") => "*c*bra"
            replace("abracadabra", "a", "") => "brcdbr"
            replace("AAAA", "a", "b", "i") => "bbbb"
            replace("a.b", "\.", "\$") => "a$b"
            replace("abc", "x", "y") => "abc"
            replace(null, "a", "b") => null
            split("John Doe", "\s") => ["John","Doe"]
            split("a;b;c;;", ";") => ["a","b","c","",""]
            split("a", ",") => ["a"]
            split("", ",") => [""]
            split("a1b22c", "[0-9]+") => ["a","b","c"]
            split(null, ",") => null
            extract("references are 1234, 1256, 1378", "12[0-9]*") => ["1234","1256"]
            extract("abc", "x") => []
            extract(null, "x") => null
            string join(["a", "b", "c"]) => "abc"
            string join(["a", "b", "c"], ", ") => "a, b, c"
            string join(["a"], "X") => "a"
            string join([], "X") => ""
            string join(["a", null, "c"], "X") => "aXc"
            string join(["a", "b"], null) => "ab"
            string join(["a", 1], "X") => null
            string join("a", "X") => null
            string join(null, "X") => null
            """
        );

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Number_functions(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Numbers =>
        Cases.Of(
            """
            decimal(1/3, 2) => 0.33
            decimal(1.5, 0) => 2
            decimal(2.5, 0) => 2
            decimal(114.215, 2) => 114.22
            decimal(125, -1) => 120
            decimal(1, 50) => 1
            decimal(null, 2) => null
            decimal(1, null) => null
            decimal(1.5, 0.5) => 2
            floor(1.5) => 1
            floor(-1.5) => -2
            floor(1.56, 1) => 1.5
            floor(null) => null
            floor("a") => null
            ceiling(1.5) => 2
            ceiling(-1.5) => -1
            ceiling(1.56, 1) => 1.6
            round up(5.5, 0) => 6
            round up(-5.5, 0) => -6
            round up(1.121, 2) => 1.13
            round up(-1.126, 2) => -1.13
            round up(121, -2) => 200
            round down(5.5, 0) => 5
            round down(-5.5, 0) => -5
            round down(1.129, 2) => 1.12
            round half up(5.5, 0) => 6
            round half up(-5.5, 0) => -6
            round half up(1.125, 2) => 1.13
            round half up(1.121, 2) => 1.12
            round half down(5.5, 0) => 5
            round half down(-5.5, 0) => -5
            round half down(5.51, 0) => 6
            round half down(1.126, 2) => 1.13
            round half down(150, -2) => 100
            round up(null, 0) => null
            round down(1, null) => null
            round half up("1", 0) => null
            abs(-5) => 5
            abs(5) => 5
            abs(@"-PT5H") => "PT5H"
            abs(@"-P1Y") => "P1Y"
            abs(null) => null
            abs("a") => null
            modulo(10, 4) => 2
            modulo(-10, 4) => 2
            modulo(10, -4) => -2
            modulo(-10, -4) => -2
            modulo(12, 5) => 2
            modulo(-12, 5) => 3
            modulo(10.1, 4.5) => 1.1
            modulo(-10.1, 4.5) => 3.4
            modulo(8, 4) => 0
            modulo(-8, 4) => 0
            modulo(10, 0) => null
            modulo(null, 1) => null
            sqrt(16) => 4
            sqrt(0) => 0
            sqrt(2) => 1.4142135623730950488016887242
            sqrt(-1) => null
            sqrt(null) => null
            exp(0) => 1
            exp(1000) => null
            log(1) => 0
            log(0) => null
            log(-1) => null
            odd(5) => true
            odd(2) => false
            odd(-1) => true
            odd(0) => false
            odd(1.5) => false
            odd(null) => null
            even(2) => true
            even(5) => false
            even(-2) => true
            even(0) => true
            even("a") => null
            """
        );

    [Theory]
    [MemberData(nameof(Lists))]
    public void List_functions(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Lists =>
        Cases.Of(
            """
            list contains([1, 2, 3], 2) => true
            list contains([1, 2, 3], 4) => false
            list contains([1, null], null) => true
            list contains([], null) => false
            list contains([[1], [2]], [1]) => true
            list contains(["1"], 1) => false
            list contains(null, 1) => null
            count([1, 2, 3]) => 3
            count([]) => 0
            count([1, [2, 3]]) => 2
            count([null]) => 1
            count(null) => null
            count("a") => null
            is empty([]) => true
            is empty([1]) => false
            is empty(null) => null
            min([3, 1, 2]) => 1
            min(3, 1, 2) => 1
            min(["b", "a"]) => "a"
            min([@"2026-02-01", @"2026-01-01"]) => "2026-01-01"
            min([]) => null
            min([1, null]) => null
            min([1, "a"]) => null
            min(1) => 1
            max([3, 1, 2]) => 3
            max(3, 1, 2) => 3
            max([@"PT1H", @"PT2H"]) => "PT2H"
            max([]) => null
            max(null) => null
            max([true]) => null
            sum([1, 2, 3]) => 6
            sum(1, 2, 3) => 6
            sum([0.1, 0.2]) => 0.3
            sum([]) => null
            sum([1, null]) => null
            sum([1, "2"]) => null
            sum([@"PT1H", @"PT30M"]) => "PT1H30M"
            sum(null) => null
            mean([1, 2, 3]) => 2
            mean(1, 2) => 1.5
            mean([]) => null
            mean([1, "a"]) => null
            product([2, 3, 4]) => 24
            product(2, 3) => 6
            product([]) => null
            product([2, null]) => null
            median([8, 2, 5, 3, 4]) => 4
            median(6, 1, 2, 3) => 2.5
            median([]) => null
            stddev(2, 4, 7, 5) => 2.081665999466132735282297707
            stddev([47]) => null
            stddev([]) => null
            mode(6, 3, 9, 6, 6) => [6]
            mode([6, 1, 9, 6, 1]) => [1,6]
            mode([]) => []
            mode([1, null]) => null
            all([true, true]) => true
            all([true, false]) => false
            all([true, null, false]) => false
            all([true, null]) => null
            all([]) => true
            all(true, false) => false
            all(0) => null
            any([false, true]) => true
            any([false, false]) => false
            any([false, null, true]) => true
            any([false, null]) => null
            any([]) => false
            any(false, true) => true
            sublist([4, 5, 6], 1, 2) => [4,5]
            sublist([4, 5, 6], 2) => [5,6]
            sublist([4, 5, 6], -2) => [5,6]
            sublist([4, 5, 6], -3, 2) => [4,5]
            sublist([4, 5, 6], 0) => []
            sublist([4, 5, 6], 4) => []
            sublist([4, 5, 6], 2, 5) => [5,6]
            sublist(null, 1) => null
            append([1], 2, 3) => [1,2,3]
            append([], [1]) => [[1]]
            append([1], null) => [1,null]
            append(1, 2) => null
            append(null, 1) => null
            concatenate([1, 2], [3]) => [1,2,3]
            concatenate([1], [[2]]) => [1,[2]]
            concatenate([1], 2) => [1,2]
            concatenate([], []) => []
            insert before([1, 3], 2, 2) => [1,2,3]
            insert before([1, 3], 1, 2) => [2,1,3]
            insert before([1, 3], -1, 2) => [1,2,3]
            insert before([1, 3], 3, 4) => [1,3,4]
            insert before([1, 3], 4, 2) => [1,3,2]
            insert before([1, 3], 0, 2) => null
            insert before([], 1, null) => [null]
            insert before(null, 1, 2) => null
            remove([1, 2, 3], 2) => [1,3]
            remove([1, 2, 3], -1) => [1,2]
            remove([1], 2) => null
            remove([1], 0) => null
            remove(null, 1) => null
            list replace([2, 4, 7, 8], 3, 6) => [2,4,6,8]
            list replace([2, 4], -1, 6) => [2,6]
            list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) => [5,5,7,8]
            list replace([2], 2, 6) => null
            list replace([2], "a", 6) => null
            reverse([1, 2, 3]) => [3,2,1]
            reverse([]) => []
            reverse(null) => null
            index of([1, 2, 3, 2], 2) => [2,4]
            index of([1, null], null) => [2]
            index of([1], 5) => []
            index of(null, 1) => null
            union([1, 2], [2, 3]) => [1,2,3]
            union([1, 1]) => [1]
            union([1, null], [null]) => [1,null]
            distinct values([1, 2, 3, 2, 1]) => [1,2,3]
            distinct values([1, 1.0, "1"]) => [1,"1"]
            distinct values([[1], [1]]) => [[1]]
            distinct values([]) => []
            distinct values(null) => null
            duplicate values([1, 2, 3, 2, 1]) => [1,2]
            duplicate values([1, 2]) => []
            flatten([[1, [2, 3]], [[4]], 5]) => [1,2,3,4,5]
            flatten([]) => []
            flatten([null, [null]]) => [null,null]
            flatten(null) => null
            sort([3, 1, 4, 5, 2], function(x, y) x < y) => [1,2,3,4,5]
            sort([3, 1, 2], function(x, y) x > y) => [3,2,1]
            sort([{n: "b", k: 1}, {n: "a", k: 2}, {n: "c", k: 1}], function(x, y) x.k < y.k).n => ["b","c","a"]
            sort([1, 2], function(x) x) => null
            sort([3, 1, 2], function(x, y) null) => null
            sort([3, 1, 2]) => [1,2,3]
            sort(["b", "a"]) => ["a","b"]
            sort([1, "a"]) => null
            sort([]) => []
            sort(null) => null
            sort([1, 2], null) => null
            """
        );

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Context_functions(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Contexts =>
        Cases.Of(
            """
            get value({a: 1, b: 2}, "a") => 1
            get value({a: 1}, "b") => null
            get value({a: {b: 5}}, ["a", "b"]) => 5
            get value({a: {b: 5}}, ["a", "x"]) => null
            get value({a: 1}, []) => null
            get value({a: 1}, 1) => null
            get value(null, "a") => null
            get value({a: 1}, null) => null
            get value(context: {a: 1}, key: "a") => 1
            get entries({a: 1, b: "x"}) => [{"key":"a","value":1},{"key":"b","value":"x"}]
            get entries({}) => []
            get entries(null) => null
            get entries({a: 1})[key = "a"].value => [1]
            context put({a: 1}, "b", 2) => {"a":1,"b":2}
            context put({a: 1, b: 0}, "a", 2) => {"a":2,"b":0}
            context put({a: 1}, ["b", "c"], 2) => {"a":1,"b":{"c":2}}
            context put({a: {b: 1, c: 2}}, ["a", "b"], 5) => {"a":{"b":5,"c":2}}
            context put({a: 1}, ["a", "b"], 5) => null
            context put({a: 1}, [], 5) => null
            context put({a: 1}, 1, 5) => null
            context put({a: 1}, null, 5) => null
            context put(null, "a", 5) => null
            context put({}, "a", null) => {"a":null}
            context put(context: {}, keys: ["a"], value: 1) => {"a":1}
            context merge([{a: 1}, {b: 2}]) => {"a":1,"b":2}
            context merge({a: 1}, {a: 2, b: 3}) => {"a":2,"b":3}
            context merge([]) => {}
            context merge([{a: 1}, null]) => null
            context([{key: "a", value: 1}, {key: "b", value: 2}]) => {"a":1,"b":2}
            context([]) => {}
            context([{key: "a", value: 1}, {key: "a", value: 2}]) => {"a":2}
            context([{key: 1, value: 1}]) => null
            context([{key: "a"}]) => null
            context([1]) => null
            context({key: "a", value: 1}) => null
            context(get entries({x: 1})) => {"x":1}
            """
        );

    [Theory]
    [MemberData(nameof(Conversions))]
    public void Conversion_functions(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Conversions =>
        Cases.Of(
            """
            string(1.1) => "1.1"
            string(1.0) => "1"
            string(1.50) => "1.5"
            string(-0.001) => "-0.001"
            string(100000000000) => "100000000000"
            string("a") => "a"
            string(true) => "true"
            string(null) => null
            string([1, 2]) => "[1, 2]"
            string(["a", null, ["b"]]) => "[\"a\", null, [\"b\"]]"
            string({a: 1, "b c": "x"}) => "{a:1, \"b c\":\"x\"}"
            string(["a\"b"]) => "[\"a\\\"b\"]"
            string([1..3)) => "[1..3)"
            string(@"2026-01-01") => "2026-01-01"
            string(@"2026-01-01T10:00:00@Europe/Paris") => "2026-01-01T10:00:00@Europe/Paris"
            string(@"P1D") => "P1D"
            number("1") => 1
            number("-1.5") => -1.5
            number("1e3") => 1000
            number("1 000", " ") => 1000
            number("1,000", ",") => 1000
            number("1.000,50", ".", ",") => 1000.50
            number("1 000.0", " ", ".") => 1000.0
            number("1,5", null, ",") => 1.5
            number("1500.5", null, null) => 1500.5
            number("1,000.5", ",", ",") => null
            number("1000", "x") => null
            number("1000", null, "x") => null
            number("") => null
            number("abc") => null
            number("1 000") => null
            number("1,000") => null
            number(" 1") => null
            number(null) => null
            number(5) => null
            """
        );

    [Fact]
    public void A_failed_assertion_ends_the_evaluation_with_its_cause()
    {
        var fails = Should.Throw<Integration.ProcessCore.Feel.FeelEvaluationException>(() =>
            Cases.Check(
                "assert(amount, amount > 0, \"the amount must be positive\")",
                "",
                new JsonObject { ["amount"] = -1 }
            )
        );

        fails.Message.ShouldBe("the amount must be positive");
    }

    [Fact]
    public void An_assertion_whose_condition_is_not_known_fails() =>
        Should.Throw<Integration.ProcessCore.Feel.FeelEvaluationException>(() =>
            Cases.Check("assert(unknown, unknown > 0)", "")
        );
}
