using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

/// <summary>Numbers with more digits than the framework's own validator takes.</summary>
public sealed class Big_numbers
{
    [Theory]
    [InlineData("decimal", "123456789012345678901234567890.123456789")]
    [InlineData("decimal", "-0.00000000000000000000000000000000000001")]
    [InlineData("integer", "-12345678901234567890123456789012345678901234567890")]
    [InlineData("nonNegativeInteger", "12345678901234567890123456789012345678901234567890")]
    public async Task A_number_keeps_all_its_digits(string type, string number)
    {
        var exchange = await Exchange.OfAsync(Value($"type='xs:{type}'"));

        var xml = await exchange.XmlAsync($$"""{"v": {{number}}}""");

        xml.ShouldContain($">{number}<");
        (await exchange.ReadAsync(xml)).ShouldBe($$"""{"v":{{number}}}""");
    }

    [Theory]
    [InlineData("integer", "123456789012345678901234567890.5")]
    [InlineData("nonNegativeInteger", "-12345678901234567890123456789012345678901234567890")]
    [InlineData("long", "12345678901234567890123456789012345678901234567890")]
    [InlineData("decimal", "1e999")]
    public async Task A_number_that_is_none_of_its_type_is_refused(string type, string number)
    {
        var exchange = await Exchange.OfAsync(Value($"type='xs:{type}'"));

        exchange.Refusal($$"""{"v": {{number}}}""").ShouldStartWith("inputs.input.v is ");
    }
}
