using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

public sealed class Patterns
{
    [Theory]
    [InlineData(@"\d{3}", "123", true)]
    [InlineData(@"\d{3}", "12a", false)]
    [InlineData(@"[\w.-]+@[\w-]+", "a+b.c@d", true)]
    [InlineData(@"[\w.-]+@[\w-]+", "a b@d", false)]
    [InlineData(@"\i\c*", "a-1", true)]
    [InlineData(@"\i\c*", "1a", false)]
    [InlineData(@"^\d+$", "123", true)]
    [InlineData(@"[a-z-[aeiou]]+", "xyz", true)]
    [InlineData(@"[a-z-[aeiou]]+", "xyza", false)]
    [InlineData(@"\p{Lu}\p{IsBasicLatin}*", "Äa", true)]
    [InlineData(@"[^@]+", "a@", false)]
    [InlineData(@".{0,5000}", "a", true)]
    public async Task A_pattern_means_what_it_means_in_schemas(string pattern, string text, bool fits)
    {
        var exchange = await OfAsync(pattern);

        if (fits)
            (await exchange.RoundTripAsync($$"""{"v": "{{text}}"}""")).ShouldContain(text);
        else
            exchange
                .Refusal($$"""{"v": "{{text}}"}""")
                .ShouldContain($"it takes a text (xs:string) matching {pattern}.");
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("([a-zA-Z0-9]+)*@x")]
    public async Task A_careless_pattern_does_not_hold_up_the_service(string pattern)
    {
        var exchange = await OfAsync(pattern);

        var refused = Task.Run(() => exchange.Refusal($$"""{"v": "{{new string('a', 5000)}}"}"""));

        (await refused.WaitAsync(TimeSpan.FromSeconds(30))).ShouldContain("it takes a text");
    }

    private static Task<Exchange> OfAsync(string pattern) =>
        Exchange.OfAsync(
            Value(
                "",
                $"""<xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="{pattern}"/></xs:restriction></xs:simpleType>"""
            )
        );
}
