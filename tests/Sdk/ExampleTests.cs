using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Testing;

namespace Integration.Sdk.Tests;

/// <summary>Examples and declared errors: what a developer of an operation notices.</summary>
public sealed class ExampleTests
{
    [Theory]
    [InlineData("""{"sum": 3, "at": "…", "by": "adder-…-x"}""")]
    [InlineData("""{"sum": 3, "…": "…"}""")]
    [InlineData("""{"sum": 4, "…": "…"}""", "outputs.sum is 3, the example says 4")]
    [InlineData("""{"sum": 3, "at": "…"}""", "outputs.by is \"adder-7-x\", the example does not have it")]
    [InlineData("""{"sum": 3, "at": "…", "by": "…", "who": 1}""", "outputs.who is not there, the example says 1")]
    [InlineData("""{"sum": 3, "at": "…", "by": "adder-…-y"}""", "outputs.by is \"adder-7-x\"")]
    [InlineData("""{"sum": 3, "at": "…", "by": "adder-7…7-x"}""", "outputs.by is \"adder-7-x\"")]
    [InlineData("""{"sum": [3], "…": "…"}""", "outputs.sum is 3, the example says [3]")]
    public async Task An_example_is_held_against_what_the_operation_does(string outputs, string? difference = null)
    {
        await using var service = await ServiceHarness.StartAsync(builder => builder.AddOperation<Add>());
        var example = new OperationExample(
            "Adds",
            JsonElement.Parse("""{"numbers": [1, 2]}"""),
            JsonElement.Parse(outputs)
        );

        var differences = await ExampleRun.RunAsync(service, OperationDescription.Of(typeof(Add)), example);

        if (difference is null)
            differences.ShouldBeEmpty();
        else
            differences.ShouldHaveSingleItem().ShouldContain(difference);
    }

    [Fact]
    public async Task An_example_that_fails_says_why()
    {
        await using var service = await ServiceHarness.StartAsync(builder => builder.AddOperation<Add>());
        var example = new OperationExample("Adds", JsonElement.Parse("""{"numbers": [13]}"""), JsonElement.Parse("{}"));

        var differences = await ExampleRun.RunAsync(service, OperationDescription.Of(typeof(Add)), example);

        differences
            .ShouldHaveSingleItem()
            .ShouldBe("task.errored instead of task.completed: data unlucky: 13 is not added.");
    }

    [Fact]
    public async Task An_error_that_its_operation_does_not_declare_fails_the_test()
    {
        await using var service = await ServiceHarness.StartAsync(builder => builder.AddOperation<Add>());
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            service.RunAsync("sample.add", new { numbers = new[] { 0 } })
        );
        error.Message.ShouldContain("sample.add ended with access no-zero, which it does not declare.");
        error.Message.ShouldContain("[Raises(ErrorCategory.Access, \"no-zero\"");
    }

    [Fact]
    public async Task A_wrong_input_is_an_error_of_every_operation()
    {
        await using var service = await ServiceHarness.StartAsync(builder => builder.AddOperation<Add>());
        var answer = await service.RunAsync("sample.add", new { nmubers = 1 });
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("invalid-input");
    }

    [Operation("sample.add", Effect = Effect.Read)]
    [Raises(ErrorCategory.Data, "unlucky", "13 is among them.", "Leave it out.")]
    private sealed class Add : Operation<Add.Input, Add.Output>
    {
        public sealed record Input(IReadOnlyList<int> Numbers);

        public sealed record Output(int Sum, DateTimeOffset At, string By);

        public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
            input.Numbers.Contains(13) ? throw new DataErrorException("unlucky", "13 is not added.")
            : input.Numbers.Contains(0) ? throw new AccessErrorException("no-zero", "0 is not added.")
            : Task.FromResult(new Output(input.Numbers.Sum(), task.Time.GetUtcNow(), "adder-7-x"));
    }
}
