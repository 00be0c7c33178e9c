using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

/// <summary>What holds for all inputs.</summary>
public class PropertyTests
{
    private static readonly string[] _pieces =
    [
        .. "1 2.5 \"a\" x y item partial null true false ( ) [ ] { } , : . .. + - * / ** = != < <= > >= -> @\"P1D\" ` \" @".Split(
            ' '
        ),
        .. "if then else for in return some every satisfies between and or not( instance of function( list number date".Split(
            ' '
        ),
        .. "count( string length( date and time( get value( sort( start position: time offset ? // /* */ é 🐎".Split(
            ' '
        ),
    ];

    [Fact]
    public void Numbers_are_read_as_printed() =>
        Check.One(
            Configured,
            Prop.ForAll<decimal>(number =>
                decimal.Parse(Evaluate(Print(number)), CultureInfo.InvariantCulture) == number
            )
        );

    [Fact]
    public void Variables_come_back_as_they_were() =>
        Check.One(
            Configured,
            Prop.ForAll<decimal, NonNull<string>, bool>(
                (number, text, truth) =>
                {
                    var value = new JsonObject
                    {
                        ["a"] = number,
                        ["b"] = new JsonArray(text.Get, null, truth),
                        ["c"] = new JsonObject { [text.Get] = number },
                    };
                    return JsonNode.DeepEquals(Run("{v: x}.v", new JsonObject { ["x"] = value.DeepClone() }), value);
                }
            )
        );

    [Fact]
    public void Arithmetic_is_that_of_decimals() =>
        Check.One(
            Configured,
            Prop.ForAll<int, int, int>(
                (a, b, c) =>
                {
                    var (x, y, z) = (a / 100m, b / 10m, (decimal)c);
                    var expected = x + y * z - (x - y) * z;
                    var text = $"{Print(x)} + {Print(y)} * {Print(z)} - ({Print(x)} - {Print(y)}) * {Print(z)}";
                    return decimal.Parse(Evaluate(text), CultureInfo.InvariantCulture) == expected;
                }
            )
        );

    [Fact]
    public void Comparisons_are_those_of_decimals() =>
        Check.One(
            Configured,
            Prop.ForAll<int, int>(
                (a, b) =>
                    Evaluate($"[{a} < {b}, {a} <= {b}, {a} = {b}, {a} in [{b}..{b}], {a} between {b} and {b}]")
                    == $"[{Print(a < b)},{Print(a <= b)},{Print(a == b)},{Print(a == b)},{Print(a == b)}]"
            )
        );

    [Fact]
    public void Strings_survive_being_escaped() =>
        Check.One(
            Configured,
            Prop.ForAll<NonNull<string>>(text =>
                Run("\"" + text.Get.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"", [])!.GetValue<string>()
                == text.Get
            )
        );

    [Fact]
    public void Sorting_orders_and_keeps_all_items() =>
        Check.One(
            Configured,
            Prop.ForAll<int[]>(items =>
                Evaluate($"sort([{string.Join(", ", items)}], function(a, b) a < b)")
                == $"[{string.Join(",", items.Order())}]"
            )
        );

    [Fact]
    public void Days_and_durations_add_up() =>
        Check.One(
            Configured,
            Prop.ForAll<int, int>(
                (a, b) =>
                {
                    var (from, days) = (new DateOnly(2000, 1, 1).AddDays(a % 100_000), b % 100_000);
                    var duration = (days < 0 ? "-" : "") + $"P{Math.Abs(days)}D";
                    return Evaluate($"@\"{from:yyyy-MM-dd}\" + @\"{duration}\"")
                            == $"\"{from.AddDays(days):yyyy-MM-dd}\""
                        && Evaluate(
                            $"@\"{from:yyyy-MM-dd}\" + @\"{duration}\" - @\"{from:yyyy-MM-dd}\" = @\"{duration}\""
                        ) == "true";
                }
            )
        );

    [Fact]
    public void Any_text_is_an_expression_or_refused_with_a_place() =>
        Check.One(Configured, Prop.ForAll<NonNull<string>>(text => ParsesOrIsRefused(text.Get)));

    [Fact]
    public void Any_sequence_of_words_is_an_expression_or_refused_and_evaluates_without_surprise() =>
        Check.One(
            Configured.WithMaxTest(3000),
            Prop.ForAll(
                Gen.Elements(_pieces).ListOf().Select(pieces => string.Join(" ", pieces)).ToArbitrary(),
                ParsesOrIsRefused
            )
        );

    private static Config Configured => Config.QuickThrowOnFailure.WithMaxTest(500);

    private static bool ParsesOrIsRefused(string text)
    {
        try
        {
            var variables = new JsonObject { ["x"] = 1, ["y"] = new JsonArray(1, new JsonObject { ["x"] = "a" }) };
            Cases.Json(FeelExpression.Parse(text).Evaluate(variables, TimeProvider.System).ToJson());
            return true;
        }
        catch (FeelSyntaxException refused)
        {
            return refused.Position >= 0 && refused.Position <= text.Length && refused.Message.Length > 0;
        }
        catch (FeelEvaluationException)
        {
            return true;
        }
    }

    private static JsonNode? Run(string text, JsonObject variables) =>
        FeelExpression.Parse(text).Evaluate(variables, TimeProvider.System).ToJson();

    private static string Evaluate(string text) => Cases.Json(Run(text, []));

    private static string Print(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Print(bool truth) => truth ? "true" : "false";
}
