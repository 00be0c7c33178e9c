using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.ProcessCore.Feel;
using Integration.Sdk;

namespace Integration.Templates.Tests;

public sealed class Page_of_an_operation
{
    private static readonly OperationContract _book = OperationDescription.Of(typeof(Book)).Contract;

    private static IReadOnlyList<Field> Inputs => RecordShape.Of(_book.Inputs).Fields;

    [Fact]
    public void Shows_everything_that_an_operation_can_have() =>
        Snapshot.Match(OperationPage.Of(_book, "Tests"), "tests/Templates/sample.book.txt", "tests/Templates");

    [Fact]
    public void Of_a_later_version_has_a_name_of_its_own() =>
        OperationPage.File(_book).ShouldBe("docs/reference/operations/sample.book.v2.md");

    [Fact]
    public void Tells_what_an_input_is_for_whoever_writes_templates_and_schemas()
    {
        var seats = Inputs.Single(field => field.Name == "seats");
        (seats.Value.Kind, seats.Required, seats.Default, seats.Limits).ShouldBe(
            (ValueKind.WholeNumber, false, "`1`", "1 to 9")
        );
        var stops = Inputs.Single(field => field.Name == "stops");
        stops.Required.ShouldBeTrue();
        stops.Value.Entry!.Record!.Fields[1].Value.Record!.Key.ShouldBe(stops.Value.Entry.Record.Key);
        RecordShape.Of(_book.Outputs).Fields.Select(field => field.Required).ShouldBe([true, false]);
    }

    [Fact]
    public void A_type_that_nobody_can_describe_is_refused_with_the_way_out() =>
        Should
            .Throw<ArgumentException>(() => OperationPage.Of(OperationDescription.Of(typeof(Odd)).Contract, "Tests"))
            .Message.ShouldContain("put [WrittenAs(\"…\")] on it");

    [Theory]
    [InlineData("""{"a b": [1, null, true], "c": "x\"y\nz"}""")]
    [InlineData("""{"$file": {"store": "documents", "size": 7}}""")]
    [InlineData("""[]""")]
    public void What_is_no_constant_is_written_in_FEEL(string json)
    {
        var value = JsonNode.Parse(json);
        var result = FeelExpression.Parse(FeelLiteral.Of(value)).Evaluate([], TimeProvider.System);
        JsonNode.DeepEquals(result.ToJson(), value).ShouldBeTrue(FeelLiteral.Of(value));
    }

    [Operation("sample.odd", Effect = Effect.Read)]
    private sealed class Odd : Operation<Odd.Input, Odd.Input>
    {
        public sealed record Input(Unknown Odd);

        public override Task<Input> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(input);
    }

    [JsonConverter(typeof(UnknownConverter))]
    public sealed record Unknown(string Text);

    private sealed class UnknownConverter : JsonConverter<Unknown>
    {
        public override Unknown Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new("");

        public override void Write(Utf8JsonWriter writer, Unknown value, JsonSerializerOptions options) =>
            writer.WriteNullValue();
    }

    [Fact]
    public async Task The_index_tells_the_errors_of_every_operation()
    {
        const string index = $"{OperationPage.Folder}/README.md";
        var page = GeneratedParts.Fill(
            await File.ReadAllTextAsync(RepositoryFolder.File(index)),
            what => what == "errors of every operation" ? ErrorTable.Of(OperationDescription.CommonErrors) : null
        );
        Snapshot.Match(page, index, "tests/Templates");
    }
}
