using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Tests.Feel;

public class FeelAttributeTests
{
    private static readonly JsonObject _variables = new()
    {
        ["amount"] = 1500,
        ["customer"] = new JsonObject { ["tier"] = "gold" },
    };

    [Theory]
    [InlineData("plain text")]
    [InlineData("")]
    [InlineData("a = b")]
    [InlineData("42")]
    public void An_attribute_without_an_equals_sign_is_the_text_itself(string text)
    {
        var attribute = FeelAttribute.Parse(text);

        attribute.Expression.ShouldBeNull();
        attribute.Evaluate(_variables, TimeProvider.System)!.GetValue<string>().ShouldBe(text);
    }

    [Theory]
    [InlineData("=amount * 2", "3000")]
    [InlineData("= customer.tier", "\"gold\"")]
    [InlineData("  =customer", "{\"tier\":\"gold\"}")]
    [InlineData("=unknown", "null")]
    public void An_attribute_with_an_equals_sign_is_an_expression(string text, string json) =>
        Cases.Json(FeelAttribute.Parse(text).Evaluate(_variables, TimeProvider.System)).ShouldBe(json);

    [Theory]
    [InlineData("amount > 1000 and customer.tier = \"gold\"", true)]
    [InlineData("amount > 2000", false)]
    [InlineData("amount > limit", null)]
    [InlineData("amount", null)]
    public void A_condition_is_true_false_or_not_known(string text, bool? expected) =>
        FeelExpression.Parse(text).Evaluate(_variables, TimeProvider.System).Condition.ShouldBe(expected);

    [Fact]
    public void What_became_null_says_why()
    {
        var result = FeelExpression.Parse("amount > limit").Evaluate(_variables, TimeProvider.System);

        result.Warnings.ShouldBe(["There is no variable 'limit'.", "'>' cannot compare number with null."]);
    }

    [Fact]
    public void An_expression_knows_the_variables_it_reads() =>
        FeelExpression
            .Parse("for x in orders return x.price * rate + {a: 1, b: a}.b + count(items[item > limit])")
            .Variables.ShouldBe(["orders", "rate", "items", "limit"], ignoreOrder: true);

    [Fact]
    public void Evaluation_neither_changes_nor_takes_the_variables()
    {
        var before = _variables.DeepClone();

        var json = FeelExpression.Parse("customer").Evaluate(_variables, TimeProvider.System).ToJson()!;

        json.Parent.ShouldBeNull();
        json.ShouldNotBeSameAs(_variables["customer"]);
        JsonNode.DeepEquals(_variables, before).ShouldBeTrue();
    }
}
