using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Sdk.Tests.Catalogue;

/// <summary>What a service announces when a type of an operation's inputs does not allow a schema to be made.</summary>
public sealed class OperationContractsTests
{
    [Fact]
    public void An_operation_whose_schema_cannot_be_derived_is_announced_with_open_inputs()
    {
        var catalog = new OperationCatalog([OperationDescription.Of(typeof(Unwritable))]);

        var contracts = new OperationContracts(catalog, NullLogger<OperationContracts>.Instance);

        contracts.Hash.ShouldNotBeNull();
        var contract = contracts.All!.ShouldHaveSingleItem();
        contract.Name.ShouldBe("sample.unwritable");
        contract.Inputs.TryGetProperty("properties", out _).ShouldBeFalse();
    }

    [Operation("sample.unwritable", Effect = Effect.Read)]
    private sealed class Unwritable : Operation<Unwritable.Input, Unwritable.Output>
    {
        public sealed record Input(Odd? Value = null);

        public sealed record Output;

        public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(new Output());
    }

    [JsonConverter(typeof(OddConverter))]
    public sealed class Odd;

    private sealed class OddConverter : JsonConverter<Odd>
    {
        public override bool HandleNull => true;

        public override Odd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new();

        public override void Write(Utf8JsonWriter writer, Odd value, JsonSerializerOptions options) =>
            throw new InvalidOperationException("It is only read.");
    }
}
