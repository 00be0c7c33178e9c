using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Json.Schema;

namespace Integration.Sdk.Tests.Catalogue;

/// <summary>What an operation announces of itself, against what it takes.</summary>
public sealed class ContractSchemaTests
{
    private static readonly OperationContract _contract = OperationDescription.Of(typeof(Everything)).Contract;

    private static readonly JsonSchema _inputs = JsonSchema.FromText(_contract.Inputs.GetRawText());
    private static readonly JsonSchema _outputs = JsonSchema.FromText(_contract.Outputs.GetRawText());

    private static readonly JsonSerializerOptions _writing = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string File =
        """{"$file":{"store":"s","key":"k","size":1,"sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""";

    [Theory]
    [InlineData("""{"text":""}""")]
    [InlineData("""{"text":"a","count":9}""")]
    [InlineData("""{"text":"a","count":"9"}""")]
    [InlineData("""{"text":"a","tone":"veryKind"}""")]
    [InlineData("""{"text":"a","factor":0.5}""")]
    [InlineData("""{"text":"a","factor":null,"token":null,"parts":null,"choice":null,"file":null,"short":null}""")]
    [InlineData("""{"text":"a","token":"abcd"}""")]
    [InlineData("""{"text":"a","long":"🐎🐎🐎","token":"🐎🐎🐎🐎"}""")]
    [InlineData("""{"text":"a","count":1.0,"large":1e3,"exact":"007.50"}""")]
    [InlineData("""{"text":"a","grid":[[{"code":"ab","note":null}]],"tree":{"branches":[{"branches":[]}]}}""")]
    [InlineData("""{"text":"a","zip":"12345"}""")]
    [InlineData("""{"text":"a","zip":""}""")]
    [InlineData("""{"text":"a","special":"A"}""")]
    [InlineData("""{"text":"a","choice":"x","name":"yes"}""")]
    [InlineData("""{"text":"a","parts":[{"description":"d","next":{"description":"e"}}]}""")]
    [InlineData("""{"text":"a","weights":{"x":1}}""")]
    [InlineData("""{"text":"a","any":[1,{"b":null}]}""")]
    [InlineData("""{"text":"a","short":1,"flag":true}""")]
    [InlineData("""{"text":"a","short":"1","until":"2026-12-01T10:00:00Z"}""")]
    [InlineData("""{"text":"a","count":null,"tone":null,"flag":null,"weights":null,"until":null}""")]
    [InlineData("""{"text":"a","parts":[{"description":"d","next":null}]}""")]
    [InlineData("""{"text":"a","texts":["b","c"],"labels":{"x":"y"},"notes":["b",null]}""")]
    [InlineData("""{"text":"a","texts":"b","notes":"b","lists":{"x":"y","z":["y"]}}""")]
    [InlineData("""{"text":"a","any":null,"list":[null,1]}""")]
    [InlineData("""{"text":"a","file":FILE}""")]
    [InlineData("""{"text":"a","files":[FILE],"byName":{"x":FILE}}""")]
    public void What_the_operation_takes_the_schema_takes(string inputs)
    {
        inputs = inputs.Replace("FILE", File, StringComparison.Ordinal);

        Should.NotThrow(() => Read(inputs));
        IsTaken(_inputs, inputs).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":1}""")]
    [InlineData("""{"text":"a","txet":1}""")]
    [InlineData("""{"text":"a","count":0}""")]
    [InlineData("""{"text":"a","count":10}""")]
    [InlineData("""{"text":"a","count":1.5}""")]
    [InlineData("""{"text":"a","count":"x"}""")]
    [InlineData("""{"text":"a","tone":1}""")]
    [InlineData("""{"text":"a","tone":"VeryKind"}""")]
    [InlineData("""{"text":"a","until":"2026-12-01"}""")]
    [InlineData("""{"text":"a","until":"2026-12-01T10:00:00"}""")]
    [InlineData("""{"text":"a","count":"NaN"}""")]
    [InlineData("""{"text":"a","factor":"NaN"}""")]
    [InlineData("""{"text":"a","long":"🐎🐎"}""")]
    [InlineData("""{"text":"a","limited":{"x":{"code":"a"}}}""")]
    [InlineData("""{"text":"a","grid":[[{"code":"a","note":null}]]}""")]
    [InlineData("""{"text":"a","pair":"b"}""")]
    [InlineData("""{"text":"a","factor":3}""")]
    [InlineData("""{"text":"a","token":"abcde"}""")]
    [InlineData("""{"text":"a","long":"a"}""")]
    [InlineData("""{"text":"a","zip":"x12345"}""")]
    [InlineData("""{"text":"a","choice":"z"}""")]
    [InlineData("""{"text":"a","name":"no"}""")]
    [InlineData("""{"text":"a","parts":[]}""")]
    [InlineData("""{"text":"a","parts":[{"description":"1"},{"description":"2"},{"description":"3"}]}""")]
    [InlineData("""{"text":"a","parts":[{"description":"d","next":{}}]}""")]
    [InlineData("""{"text":"a","parts":[{"description":"d","next":{"description":"e","more":1}}]}""")]
    [InlineData("""{"text":"a","weights":{"x":"y"}}""")]
    [InlineData("""{"text":"a","file":{"store":"s"}}""")]
    [InlineData("""{"text":"a","files":[{}]}""")]
    [InlineData("""{"text":"a","byName":{"x":1}}""")]
    [InlineData("""{"text":"a","flag":"yes"}""")]
    [InlineData("""{"text":"a","files":[null]}""")]
    [InlineData("""{"text":"a","byName":{"x":null}}""")]
    [InlineData("""{"text":"a","weights":{"x":null}}""")]
    [InlineData("""{"text":"a","parts":[null]}""")]
    [InlineData("""{"text":"a","parts":[{"description":null}]}""")]
    [InlineData("""{"text":"a","texts":[null]}""")]
    [InlineData("""{"text":"a","texts":[1]}""")]
    [InlineData("""{"text":"a","texts":1}""")]
    [InlineData("""{"text":"a","labels":{"x":null}}""")]
    [InlineData("""{"text":"a","labels":"x"}""")]
    [InlineData("""{"text":"a","lists":{"x":[null]}}""")]
    public void What_the_schema_refuses_the_operation_refuses(string inputs)
    {
        IsTaken(_inputs, inputs).ShouldBeFalse();
        Should.Throw<DataErrorException>(() => Read(inputs));
    }

    // Left open: a form of its own, a pattern of .NET.
    [Theory]
    [InlineData("short", """{"text":"a","short":true}""")]
    [InlineData("special", """{"text":"a","special":"b"}""")]
    public void What_a_schema_cannot_say_is_left_open_and_said_in_words(string field, string inputs)
    {
        IsTaken(_inputs, inputs).ShouldBeTrue();
        Should.Throw<DataErrorException>(() => Read(inputs));
        _contract
            .Inputs.GetProperty("properties")
            .GetProperty(field)
            .GetProperty("x-checks")
            .EnumerateArray()
            .ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{"number":"1","notes":[null,"a"],"count":3}""", true)]
    [InlineData("""{"number":"1","price":1.5,"notes":[],"count":3,"later":1}""", true)]
    [InlineData("""{"number":"1","notes":[],"count":"3"}""", false)]
    [InlineData("""{"notes":[],"count":3}""", false)]
    public void Outputs_may_lack_what_is_null_and_have_more_in_later_versions(string outputs, bool taken) =>
        IsTaken(_outputs, outputs).ShouldBe(taken);

    [Fact]
    public void What_an_operation_gives_its_schema_takes() =>
        IsTaken(_outputs, JsonSerializer.Serialize(new Everything.Output("1", null, [null], 3), OperationJson.Options))
            .ShouldBeTrue();

    [Fact]
    public void The_contract_of_an_operation_is_the_accepted_one() =>
        Snapshot.Match(
            JsonSerializer.Serialize(
                JsonSerializer.SerializeToElement(_contract, ContractJson.Default.Options),
                _writing
            ),
            "tests/Sdk/Catalogue/sample.everything.json",
            "tests/Sdk"
        );

    [Fact]
    public void A_field_that_is_called_description_stays_when_descriptions_go()
    {
        var stripped = ContractSchema.WithoutDescriptions(_contract.Inputs);

        stripped.GetRawText().ShouldContain("\"description\"");
        stripped.GetRawText().ShouldNotContain("A text.");
        IsTaken(JsonSchema.FromText(stripped.GetRawText()), """{"text":"a","parts":[{}]}""").ShouldBeFalse();
    }

    private static void Read(string inputs) => InputReader<Everything.Input>.Read(JsonElement.Parse(inputs));

    private static bool IsTaken(JsonSchema schema, string json) => schema.Evaluate(JsonElement.Parse(json)).IsValid;
}
