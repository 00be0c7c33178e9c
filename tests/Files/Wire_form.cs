using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Testing;

namespace Integration.Files.Tests;

public sealed class Wire_form
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Fact]
    public void The_example_of_the_contract_page_is_read_and_written_as_it_stands_there()
    {
        var page = File.ReadAllText(RepositoryFolder.File("docs/reference/contract.md"));
        var start = page.IndexOf("{\n  \"$file\"", StringComparison.Ordinal);
        var json = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        var reference = JsonSerializer.Deserialize<FileReference>(json, OperationJson.Options).ShouldNotBeNull();
        reference.ShouldBe(
            new FileReference("documents", "2026/CR-17.pdf", 5242880, Hash)
            {
                Bucket = "contracts",
                ContentType = "application/pdf",
                Name = "CR-17.pdf",
            }
        );
        var written = JsonSerializer.SerializeToNode(reference, OperationJson.Options);
        JsonNode.DeepEquals(written, JsonNode.Parse(json)).ShouldBeTrue(written!.ToJsonString());
    }

    [Fact]
    public void What_is_optional_is_left_out_and_what_is_unknown_is_ignored()
    {
        var json =
            $$$"""{"$file":{"store":"s","key":"k","size":0,"sha256":"{{{Hash.ToUpperInvariant()}}}","name":null,"new":1}}""";
        var reference = JsonSerializer.Deserialize<FileReference>(json, OperationJson.Options)!;
        JsonSerializer
            .Serialize(reference, OperationJson.Options)
            .ShouldBe($$$"""{"$file":{"store":"s","key":"k","size":0,"sha256":"{{{Hash}}}"}}""");
    }

    [Theory]
    [InlineData("\"text\"", "a file reference is expected")]
    [InlineData("{\"store\":\"s\"}", "a file reference is expected")]
    [InlineData("{\"$file\":1}", "a file reference is expected")]
    [InlineData("{\"$file\":{\"key\":\"k\",\"size\":1,\"sha256\":\"\"}}", "its $file lacks store")]
    [InlineData("{\"$file\":{\"store\":\"s\",\"size\":1,\"sha256\":\"\"}}", "its $file lacks key")]
    [InlineData("{\"$file\":{\"store\":1,\"key\":\"k\",\"size\":1}}", "$file.store is a text")]
    [InlineData("{\"$file\":{\"store\":\"s\",\"key\":\"k\",\"size\":-1}}", "$file.size is the number of bytes")]
    [InlineData(
        "{\"$file\":{\"store\":\"s\",\"key\":\"k\",\"size\":1,\"sha256\":\"abc\"}}",
        "$file.sha256 is the hash"
    )]
    public async Task What_is_no_reference_is_told_by_field(string json, string problem)
    {
        await using var service = await ServiceHarness.StartAsync(builder => builder.AddOperation<Measure>());
        var answer = await service.RunAsync("test.measure", JsonNode.Parse($"{{\"content\":{json}}}")!);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe(ErrorCodes.InvalidInput);
        error.Message.ShouldContain("inputs.content");
        error.Message.ShouldContain(problem);
    }

    [Operation("test.measure", Effect = Effect.Read)]
    private sealed class Measure : Operation<Measure.Input, Measure.Output>
    {
        public sealed record Input(FileReference Content);

        public sealed record Output(long Size);

        public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(new Output(input.Content.Size));
    }
}
