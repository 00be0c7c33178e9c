using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk.Tests.Catalogue;

namespace Integration.Sdk.Tests.Validation;

/// <summary>Inputs of operations that are data, checked by their contract.</summary>
public sealed class InputValidatorTests(ITestOutputHelper output)
{
    private static readonly OperationDescription _everything = OperationDescription.Of(typeof(Everything));

    [Fact]
    public void Comes_to_the_verdict_of_schema_and_reader_on_generated_inputs()
    {
        var (taken, refused) = new InputVerdicts(_everything).AgreeOnGenerated(seed: 20261201, count: 1000);

        output.WriteLine($"{taken} taken, {refused} refused");
        taken.ShouldBeGreaterThan(50);
        refused.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Comes_to_the_verdict_of_schema_and_reader_on_every_value_at_every_place() =>
        output.WriteLine($"{new InputVerdicts(_everything).AgreeOnEveryValueEverywhere()} inputs");

    [Theory]
    [InlineData("""{"text":"a","txet":1}""", "inputs.txet is not known. Known are: text, count,")]
    [InlineData("""{}""", "inputs lacks what is required: text.")]
    [InlineData("""{"text":null}""", "inputs.text is null: a text is expected.")]
    [InlineData("""null""", "inputs is null; send an object.")]
    [InlineData("""[]""", "inputs does not fit: an object is expected.")]
    [InlineData("""{"text":"a","count":12}""", "inputs.count must be at least 1 and at most 9.")]
    [InlineData("""{"text":"a","count":"12"}""", "inputs.count must be at least 1 and at most 9.")]
    [InlineData("""{"text":"a","count":"twelve"}""", "inputs.count does not fit: a whole number in range is expected.")]
    [InlineData("""{"text":"a","factor":1e400}""", "inputs.factor does not fit: a number is expected.")]
    [InlineData("""{"text":"a","factor":"1e400"}""", "inputs.factor does not fit: a number is expected.")]
    [InlineData("""{"text":"a","tone":"loud"}""", "inputs.tone does not fit: one of kind, veryKind is expected.")]
    [InlineData(
        """{"text":"a","parts":[{"description":"b","next":{}}]}""",
        "inputs.parts[0].next lacks what is required: description."
    )]
    [InlineData("""{"text":"a","lists":{"a b":[1]}}""", "inputs.lists['a b'][0] does not fit: a text is expected.")]
    [InlineData("""{"text":"a","file":{"$file":{"store":"s"}}}""", "inputs.file does not fit: its $file lacks key.")]
    [InlineData(
        """{"text":"a","until":"soon"}""",
        "inputs.until does not fit: A date and time with seconds and an offset"
    )]
    [InlineData("""{"text":"a","token":"abcde"}""", "inputs.token must have at most 4 characters.")]
    [InlineData("""{"text":"a","zip":"1234"}""", "inputs.zip must match the pattern")]
    [InlineData(
        """{"text":"a","name":"no","parts":[]}""",
        "inputs.name must be none of no. inputs.parts must have 1 to 2 entries."
    )]
    [InlineData("""{"text":"{{secrets.A}}"}""", "inputs.text names a secret, which would be sent as it is.")]
    public void Names_the_field_and_the_way_out(string inputs, string message) =>
        InputValidator
            .Of(_everything.Contract)
            .Check(JsonElement.Parse(inputs))
            .ShouldNotBeNull()
            .ShouldStartWith(message);

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"if":{}}}}""", "at #/properties/a, 'if' would not be checked")]
    [InlineData("""{"$ref":"#"}""", "at #, the reference leads to itself")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/B"}}}""", "at #/properties/a, '#/$defs/B' leads to nothing")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", "at #/properties/a, ")]
    [InlineData("""{"properties":{"a":{"minLength":"1"}}}""", "at #/properties/a, ")]
    public void A_schema_that_would_not_be_checked_is_refused_by_its_place(string schema, string message) =>
        Should
            .Throw<ArgumentException>(() =>
                InputValidator.Of(_everything.Contract with { Inputs = JsonElement.Parse(schema) })
            )
            .Message.ShouldContain(message);

    [Fact]
    public void A_contract_that_came_as_JSON_is_checked_like_the_class()
    {
        var sent = JsonSerializer.Serialize(_everything.Contract, ContractJson.Default.Options);
        var contract = JsonSerializer.Deserialize<OperationContract>(sent, ContractJson.Default.Options)!;

        InputValidator.Of(contract).Check(JsonElement.Parse("""{"text":"a","count":3}""")).ShouldBeNull();
        InputValidator.Of(contract).Check(JsonElement.Parse("""{"text":"a","count":0}""")).ShouldNotBeNull();
    }

    [Fact]
    public void A_thousand_checks_of_what_fits_cost_no_memory()
    {
        var validator = InputValidator.Of(_everything.Contract);
        var inputs = JsonElement.Parse(
            """
            {
              "text": "a", "count": 3, "tone": "kind", "factor": "1.5", "zip": "12345", "token": "🐎", "name": null,
              "parts": [{ "description": "b", "next": { "description": "c" } }], "weights": { "x": 1 }, "any": [1, null],
              "file": { "$file": { "store": "s", "key": "k", "size": 1,
                "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } },
              "until": "2026-12-01T10:00:00Z", "day": "2026-12-01", "texts": "b"
            }
            """
        );
        for (var i = 0; i < 100; i++)
            validator.Check(inputs).ShouldBeNull();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            _ = validator.Check(inputs);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        // The runtime may compile a method anew meanwhile, once.
        bytes.ShouldBeLessThan(1000);
    }
}
