using System.Text;
using Integration.Contracts;

namespace Integration.Sdk.Tests.Pipeline;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("""{}""", "inputs lacks what is required: name.")]
    [InlineData("""{"name":null}""", "inputs.name is null: a text is expected.")]
    [InlineData("""{"name":7}""", "inputs.name does not fit: a text is expected.")]
    [InlineData("""{"name":"Ada","nmae":"x"}""", "inputs.nmae is not known. Known are: name, tone, times, address.")]
    [InlineData("""{"name":"Ada","times":"many"}""", "inputs.times does not fit: a whole number in range is expected.")]
    [InlineData("""{"name":"Ada","times":9}""", "inputs.times must be between 1 and 3.")]
    [InlineData("""{"name":"Ada","tone":"rude"}""", "inputs.tone does not fit: one of kind, veryKind is expected.")]
    [InlineData("""{"name":"Ada","address":{}}""", "inputs.address lacks what is required: city.")]
    [InlineData("""{"name":"Ada","address":{"city":"Rio","zip":"x"}}""", "inputs.address.zip must have five digits.")]
    public async Task An_input_that_does_not_fit_is_told_by_field(string inputs, string message)
    {
        await using var service = await SampleService.StartAsync();

        var answer = await service.RunAsync("sample.greet", System.Text.Json.JsonDocument.Parse(inputs).RootElement);

        var error = answer.Errored!.Error;
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(message);
        error.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Numbers_may_come_as_text_because_task_headers_have_nothing_else()
    {
        await using var service = await SampleService.StartAsync();

        var answer = await service.RunAsync(
            "sample.greet",
            new
            {
                name = "Ada",
                times = "2",
                tone = "veryKind",
            }
        );

        answer.Outputs<Greet.Output>().Text.ShouldBe("Hello, Ada!Hello, Ada!");
    }

    [Theory]
    [InlineData("not json", "data", "malformed-message")]
    [InlineData("""{"taskId":"t","operation":"sample.greet","version":1,"inputs":{}}""", "data", "replyTo")]
    [InlineData(
        """{"taskId":"","operation":"sample.greet","version":1,"replyTo":"e","inputs":{}}""",
        "data",
        "taskId is empty"
    )]
    [InlineData(
        """{"taskId":"t","operation":"sample.greet","version":1,"replyTo":"e","inputs":[]}""",
        "data",
        "inputs must be"
    )]
    [InlineData(
        """{"taskId":"t","operation":"sample.greet","version":1,"replyTo":"e","inputs":{"name":["\ud83d\ude00","\ud83d"]}}""",
        "data",
        "'name' holds half of a character"
    )]
    [InlineData(
        """{"taskId":"t","operation":"sample.greet","version":1,"replyTo":"e","inputs":{"name":{"\udc00":1}}}""",
        "data",
        "'name' holds half of a character"
    )]
    public async Task A_message_that_is_no_task_ends_as_an_error_event_with_the_message(
        string body,
        string category,
        string reason
    )
    {
        await using var service = await SampleService.StartAsync();

        var errored = await service.SendRawAsync("sample.greet.v1", Encoding.UTF8.GetBytes(body), "c-1");

        RoutingKeys.Name(errored.Error.Category).ShouldBe(category);
        $"{errored.Error.Code} {errored.Error.Message}".ShouldContain(reason);
        errored.TaskId.ShouldBe("c-1");
        errored.Source!.Body.ShouldBe(body);
        errored.Source.RoutingKey.ShouldBe("sample.greet.v1");
    }

    [Fact]
    public async Task A_body_over_the_limit_ends_as_an_error_event_with_its_beginning()
    {
        await using var service = await SampleService.StartAsync(null, "--Pipeline:BodyLimit=20000");

        var errored = await service.SendRawAsync("sample.greet.v1", new byte[21_025], "c-2");

        errored.Error.Category.ShouldBe(ErrorCategory.Volumetric);
        errored.Error.Code.ShouldBe("message-too-large");
        errored.Error.Message.ShouldContain("21025 bytes; at most 21024");
        errored.Source!.Size.ShouldBe(21_025);
    }

    [Theory]
    [InlineData("sample.gone", 1, "unknown-operation", "sample.greet")]
    [InlineData("sample.greet", 9, "unknown-version", "It has: 1.")]
    public async Task An_operation_that_the_service_does_not_have_is_an_error_that_says_what_it_has(
        string operation,
        int version,
        string code,
        string way
    )
    {
        await using var service = await SampleService.StartAsync();
        var body =
            $$$"""{"taskId":"c-3","operation":"{{{operation}}}","version":{{{version}}},"replyTo":"e","inputs":{}}""";

        var errored = await service.SendRawAsync("sample.greet.v1", Encoding.UTF8.GetBytes(body), "c-3");

        errored.Error.Code.ShouldBe(code);
        errored.Error.Message.ShouldContain(way);
        errored.Request!.Operation.ShouldBe(operation);
    }
}
