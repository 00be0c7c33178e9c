using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Sdk.Tests.Catalogue;

namespace Integration.Sdk.Tests.Operations;

/// <summary>What becomes of null, and of what does not fit, in the inputs of any operation.</summary>
public sealed class InputReaderTests
{
    private static Everything.Input Read(string inputs) =>
        InputReader<Everything.Input>.Read(JsonElement.Parse(inputs));

    [Fact]
    public void An_optional_input_that_is_null_counts_as_absent()
    {
        var nulls = string.Join(
            ',',
            OperationJson
                .Options.GetTypeInfo(typeof(Everything.Input))
                .Properties.Where(field => field.Name != "text")
                .Select(field => $"\"{field.Name}\":null")
        );

        var read = Read($$"""{"text":"a",{{nulls}}}""");

        read.ShouldBe(Read("""{"text":"a"}"""));
        read.Count.ShouldBe(1);
        read.Tone.ShouldBe(Tone.Kind);
    }

    [Fact]
    public void So_does_one_in_a_record_within_a_list_and_what_stands_beside_it_is_kept()
    {
        var read = InputReader<Nested>.Read(
            JsonElement.Parse(
                """{"steps":[{"name":null,"value":{"a":[null,1.50]}},{"name":"é\u0000\"","value":null}],"by":{"x":{"size":null}}}"""
            )
        );

        read.Steps[0].Name.ShouldBe("first");
        read.Steps[0].Value.GetRawText().ShouldBe("""{"a":[null,1.50]}""");
        read.Steps[1].Name.ShouldBe("é\0\"");
        read.Steps[1].Value.ValueKind.ShouldBe(JsonValueKind.Null);
        read.By!["x"].Size.ShouldBe(3);
        read.By["x"].Unit.ShouldBe("cm");
    }

    private sealed record Nested(
        IReadOnlyList<Nested.Step> Steps,
        IReadOnlyDictionary<string, Nested.Measure>? By = null
    )
    {
        public sealed record Step(JsonElement Value, string Name = "first");

        public sealed record Measure
        {
            public int Size { get; init; } = 3;

            public string? Unit { get; init; } = "cm";
        }
    }

    [Fact]
    public void In_JSON_of_any_kind_null_is_a_value()
    {
        var read = Read("""{"text":"a","any":{"b":null},"list":[null],"notes":[null]}""");

        read.Any!.Value.GetRawText().ShouldBe("""{"b":null}""");
        read.List!.ShouldHaveSingleItem().ValueKind.ShouldBe(JsonValueKind.Null);
        read.Notes.ShouldBe([null]);
    }

    [Theory]
    [InlineData("""{"text":null}""", "inputs.text is null: a text is expected.")]
    [InlineData("""{"text":"a","texts":["b",null]}""", "inputs.texts[1] is null: a text is expected.")]
    [InlineData("""{"text":"a","labels":{"x":null}}""", "inputs.labels.x is null: a text is expected.")]
    [InlineData("""{"text":"a","labels":{"x.y":null}}""", "inputs.labels['x.y'] is null: a text is expected.")]
    [InlineData("""{"text":"a","lists":{"x":["y",null]}}""", "inputs.lists.x[1] is null: a text is expected.")]
    [InlineData("""{"text":"a","lists":{"x":null}}""", "inputs.lists.x is null: a list is expected.")]
    [InlineData(
        """{"text":"a","weights":{"x":null}}""",
        "inputs.weights.x is null: a whole number in range is expected."
    )]
    [InlineData("""{"text":"a","parts":[null]}""", "inputs.parts[0] is null: an object is expected.")]
    [InlineData("""{"text":"a","files":[null]}""", "inputs.files[0] is null: a file reference is expected.")]
    [InlineData(
        """{"text":"a","parts":[{"description":"b","next":{"description":null}}]}""",
        "inputs.parts[0].next.description is null: a text is expected."
    )]
    public void Any_other_null_is_refused_by_its_place(string inputs, string message) => Refused(inputs, message);

    [Theory]
    [InlineData("""[]""", "inputs does not fit: an object is expected.")]
    [InlineData("""null""", "inputs is null; send an object.")]
    [InlineData(
        """{"text":"a","parts":[{"descr":1}]}""",
        "inputs.parts[0].descr is not known. Known are: description, next."
    )]
    [InlineData("""{"text":"a","parts":[{}]}""", "inputs.parts[0] lacks what is required: description.")]
    [InlineData("""{"text":"a","parts":{}}""", "inputs.parts does not fit: a list is expected.")]
    [InlineData("""{"text":"a","texts":["b",1]}""", "inputs.texts[1] does not fit: a text is expected.")]
    [InlineData("""{"text":"a","texts":1}""", "inputs.texts does not fit: a list is expected.")]
    [InlineData(
        """{"text":"a","weights":{"x":1,"y":"z"}}""",
        "inputs.weights.y does not fit: a whole number in range is expected."
    )]
    [InlineData(
        """{"text":"a","until":"soon"}""",
        "inputs.until does not fit: A date and time with seconds and an offset is expected"
    )]
    [InlineData("""{"text":"a","flag":1}""", "inputs.flag does not fit: true or false is expected.")]
    [InlineData("""{"text":"a","short":true}""", "inputs.short does not fit: a number or a text is expected.")]
    [InlineData("""{"text":"a","file":{"$file":{"store":"s"}}}""", "inputs.file does not fit: its $file lacks key.")]
    public void What_does_not_fit_is_told_by_its_place(string inputs, string message) => Refused(inputs, message);

    [Fact]
    public void One_text_stands_for_a_list_of_it()
    {
        var read = Read("""{"text":"a","texts":"b, c","notes":"d","lists":{"x":"e","y":["f","g"]}}""");

        read.Texts.ShouldBe(["b, c"]);
        read.Notes.ShouldBe(["d"]);
        read.Lists!["x"].ShouldBe(["e"]);
        read.Lists["y"].ShouldBe(["f", "g"]);
    }

    private static void Refused(string inputs, string message)
    {
        var refused = Should.Throw<DataErrorException>(() => Read(inputs));

        refused.Code.ShouldBe("invalid-input");
        refused.Message.ShouldContain(message);
        refused.EffectUnknown.ShouldBeFalse();
    }
}
