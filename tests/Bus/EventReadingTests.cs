using System.Text;
using Integration.Contracts;

namespace Integration.Bus.Tests;

public sealed class EventReadingTests
{
    private const string Complete = """
        {"taskId":"t-1","operation":"rest.request","version":1,"replyTo":"engine","inputs":{"url":"http://a"}}
        """;

    [Fact]
    public void A_complete_task_is_read_and_unknown_properties_are_ignored()
    {
        var body = Complete.Replace("\"version\":1", "\"version\":1,\"fromTheFuture\":{}", StringComparison.Ordinal);

        Read(body, out var task).ShouldBeNull();

        task!.TaskId.ShouldBe("t-1");
        task.Attempt.ShouldBe(1);
        task.Inputs.GetProperty("url").GetString().ShouldBe("http://a");
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, "60")]
    [InlineData(5000, "60")]
    public void Inputs_that_would_be_too_deep_for_an_error_event_are_malformed(int levels, string? named)
    {
        var deep =
            string.Concat(Enumerable.Repeat("[", levels - 1)) + string.Concat(Enumerable.Repeat("]", levels - 1));
        var error = Read(Complete.Replace("\"http://a\"", deep, StringComparison.Ordinal), out var task);

        if (named is null)
            error.ShouldBeNull();
        else
            error!.Message.ShouldContain(named);
        (task is null).ShouldBe(named is not null);
    }

    [Theory]
    [InlineData("\\ud83d\\ude00", null)]
    [InlineData("\\ud83d", "'url' holds half of a character")]
    [InlineData("\\ude00\\ud83d", "'url' holds half of a character")]
    public void A_text_that_nobody_could_read_is_malformed(string text, string? reason)
    {
        var error = Read(Complete.Replace("http://a", text, StringComparison.Ordinal), out _);
        if (reason is null)
            error.ShouldBeNull();
        else
            error!.Message.ShouldContain(reason);
    }

    [Fact]
    public void So_is_one_that_is_not_in_UTF_8()
    {
        var body = Encoding.Latin1.GetBytes(Complete.Replace("http://a", "\u00E9", StringComparison.Ordinal));
        Deliver(body).TryRead(ContractJson.Default.TaskRequested, Limits.Body, out _, out var error).ShouldBeFalse();
        error!.Message.ShouldContain("not in UTF-8");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("x")]
    public void More_than_one_value_is_malformed(string more) =>
        Read(Complete + more, out _)!.Code.ShouldBe(ErrorCodes.MalformedMessage);

    [Theory]
    [InlineData("taskId")]
    [InlineData("operation")]
    [InlineData("version")]
    [InlineData("replyTo")]
    [InlineData("inputs")]
    public void A_missing_property_is_named(string property)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(Complete)!.AsObject();
        body.Remove(property);

        var error = Read(body.ToJsonString(), out var task);

        task.ShouldBeNull();
        error!.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe(ErrorCodes.MalformedMessage);
        error.Message.ShouldContain(property);
    }

    [Theory]
    [InlineData("\"taskId\":\"t-1\"", "\"taskId\":null", "taskId")]
    [InlineData("\"taskId\":\"t-1\"", "\"taskId\":\"\"", "taskId")]
    [InlineData("\"version\":1", "\"version\":\"one\"", "version")]
    [InlineData("\"version\":1", "\"version\":0", "version")]
    [InlineData("\"version\":1", "\"version\":1,\"attempt\":0", "attempt")]
    [InlineData("\"version\":1", "\"version\":1,\"deadline\":\"soon\"", "deadline")]
    [InlineData("\"replyTo\":\"engine\"", "\"replyTo\":\"en.gine\"", "replyTo")]
    [InlineData("{\"url\":\"http://a\"}", "[1]", "inputs")]
    [InlineData("\"operation\":\"rest.request\"", "\"operation\":\"\"", "operation")]
    public void A_property_that_does_not_fit_is_named(string old, string replacement, string named)
    {
        var error = Read(Complete.Replace(old, replacement, StringComparison.Ordinal), out _);

        error!.Code.ShouldBe(ErrorCodes.MalformedMessage);
        error.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"taskId\":")]
    [InlineData("plain text")]
    public void What_is_no_JSON_object_is_malformed(string body)
    {
        var error = Read(body, out var task);

        task.ShouldBeNull();
        error!.Code.ShouldBe(ErrorCodes.MalformedMessage);
    }

    [Fact]
    public void A_body_over_the_limit_is_not_even_parsed()
    {
        var delivery = Deliver(Encoding.UTF8.GetBytes(Complete));

        var read = delivery.TryRead(ContractJson.Default.TaskRequested, limit: 50, out _, out var error);

        read.ShouldBeFalse();
        error!.Category.ShouldBe(ErrorCategory.Volumetric);
        error.Code.ShouldBe(ErrorCodes.MessageTooLarge);
        error.Message.ShouldContain("50");
        error.Message.ShouldContain("by reference");
    }

    [Fact]
    public void A_body_that_is_not_UTF_8_is_malformed_and_shown_as_base64()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"taskId\":\""), 0xC3, 0x28, .. "\"}"u8];
        var delivery = Deliver(body);

        delivery.TryRead(ContractJson.Default.TaskRequested, Limits.Body, out _, out var error).ShouldBeFalse();

        error!.Code.ShouldBe(ErrorCodes.MalformedMessage);
        var source = delivery.ToSource();
        source.Encoding.ShouldBe("base64");
        Convert.FromBase64String(source.Body).ShouldBe(body);
        source.Size.ShouldBe(body.Length);
    }

    [Fact]
    public void The_source_says_where_the_message_came_from()
    {
        var source = Deliver("no JSON"u8.ToArray()).ToSource();

        source.ShouldBe(
            new MessageSource(
                Exchanges.Tasks,
                "rest.request.v1",
                "no JSON",
                "text",
                7,
                EventTypes.TaskRequested,
                "message-1",
                "t-1",
                "engine",
                "tests"
            )
        );
    }

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_long_text_is_cut_between_characters(string character)
    {
        var text = "x" + string.Concat(Enumerable.Repeat(character, Limits.SourceBody));

        var source = Deliver(Encoding.UTF8.GetBytes(text)).ToSource();

        source.Encoding.ShouldBe("text");
        text.ShouldStartWith(source.Body);
        Encoding.UTF8.GetByteCount(source.Body).ShouldBeInRange(Limits.SourceBody - 4, Limits.SourceBody);
        source.Size.ShouldBe(Encoding.UTF8.GetByteCount(text));
    }

    private static ErrorInfo? Read(string body, out TaskRequested? task)
    {
        Deliver(Encoding.UTF8.GetBytes(body))
            .TryRead(ContractJson.Default.TaskRequested, Limits.Body, out task, out var error);
        return error;
    }

    private static Delivery Deliver(byte[] body) =>
        new(
            Exchanges.Tasks,
            "rest.request.v1",
            new MessageProperties
            {
                MessageId = "message-1",
                CorrelationId = "t-1",
                Type = EventTypes.TaskRequested,
                ReplyTo = "engine",
                AppId = "tests",
            },
            body
        );
}
