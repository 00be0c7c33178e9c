using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

public class JsonTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("1.50")]
    [InlineData("-0.000001")]
    [InlineData("9007199254740993")]
    [InlineData("1234567890123456.789")]
    [InlineData("\"a\\\"b\"")]
    [InlineData("[1,[],{}]")]
    [InlineData("{\"a\":{\"b\":[1.10,null,true]},\"huge\":1e300,\"long\":0.1234567890123456789012345678901234}")]
    public void What_is_passed_on_as_a_whole_stays_what_it_is(string json)
    {
        var variables = new JsonObject { ["v"] = JsonNode.Parse(json) };

        Cases.Check("v", json, variables);
        Cases.Check("{x: v}", $"{{\"x\":{json}}}", variables);
    }

    [Fact]
    public void A_number_that_no_decimal_can_hold_is_passed_on_and_compared_and_null_to_compute_with() =>
        Cases.Check("[v, v + 1, v > 1]", "[1e300,null,true]", new JsonObject { ["v"] = JsonNode.Parse("1e300") });

    [Fact]
    public void Variables_made_in_code_are_values_like_those_that_were_read() =>
        Cases.Check(
            "[i + 1, l + 1, d + 1, m + 1, date and time(t).year, string length(g), upper case(e)]",
            "[2,3,1.5,1.1,2026,36,\"MONDAY\"]",
            new JsonObject
            {
                ["i"] = 1,
                ["l"] = 2L,
                ["d"] = 0.5,
                ["m"] = 0.1m,
                ["t"] = JsonValue.Create(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                ["g"] = JsonValue.Create(Guid.Empty),
                ["e"] = JsonValue.Create(DayOfWeek.Monday.ToString()),
            }
        );

    [Theory]
    [InlineData("5", "number")]
    [InlineData("@\"2026-01-01\"", "date")]
    [InlineData("@\"10:00:00\"", "time")]
    [InlineData("now()", "date and time")]
    [InlineData("@\"PT1M\"", "days and time duration")]
    [InlineData("@\"P1M\"", "years and months duration")]
    [InlineData("unknown", "null")]
    public void A_result_knows_its_type(string expression, string type) =>
        FeelExpression.Parse(expression).Evaluate([], TimeProvider.System).Type.ShouldBe(type);

    [Fact]
    public void A_result_can_be_put_into_other_documents_more_than_once()
    {
        var result = FeelExpression
            .Parse("v")
            .Evaluate(new JsonObject { ["v"] = new JsonObject { ["a"] = 1 } }, TimeProvider.System);

        var document = new JsonArray(result.ToJson(), result.ToJson());

        document.ToJsonString().ShouldBe("[{\"a\":1},{\"a\":1}]");
    }

    [Fact]
    public async Task An_expression_can_be_evaluated_by_many_at_once()
    {
        var expression = FeelExpression.Parse("sum(for i in 1..n return i) + count(items[item > 2])");

        var results = await Task.WhenAll(
            Enumerable
                .Range(1, 200)
                .Select(n =>
                    Task.Run(() =>
                        expression
                            .Evaluate(
                                new JsonObject { ["n"] = n, ["items"] = new JsonArray(1, 2, 3) },
                                TimeProvider.System
                            )
                            .ToJson()!
                            .GetValue<decimal>()
                    )
                )
        );

        results.ShouldBe(Enumerable.Range(1, 200).Select(n => n * (n + 1) / 2m + 1));
    }
}
