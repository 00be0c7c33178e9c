namespace Integration.Soap.Tests.Mapping;

/// <summary>What is sent fits the schema by an independent judge, and comes back as it was.</summary>
public sealed class Round_trips
{
    public static TheoryData<string> Names => [.. RoundTripCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_input_is_sent_as_the_schema_wants_it_and_read_back_as_it_was(string name)
    {
        var (schemas, json, expected) = RoundTripCases.All[name];
        var exchange = await Exchange.OfAsync(schemas);

        var back = await exchange.RoundTripAsync(json);

        back.ShouldBe(Exchange.Text(System.Text.Json.Nodes.JsonNode.Parse(expected ?? json)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_example_of_every_schema_fits_it(string name)
    {
        var exchange = await Exchange.OfAsync(RoundTripCases.All[name].Schemas);
        var example = exchange.Messages.ExampleInput();

        var xml = await exchange.XmlAsync(Exchange.Text(example));

        exchange.Validate(xml).ShouldBeEmpty(xml);
        Exchange.Text(exchange.Messages.ExampleInput()).ShouldBe(Exchange.Text(example));
    }
}
