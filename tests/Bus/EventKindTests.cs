using System.Text;
using Integration.Contracts;

namespace Integration.Bus.Tests;

/// <summary>What a result without the property <c>type</c> is.</summary>
public sealed class EventKindTests
{
    [Theory]
    [InlineData("""{"taskId":"t","outputs":{}}""", EventTypes.TaskCompleted)]
    [InlineData("""{"outputs":[1,{"a":[]}],"taskId":"t"}""", EventTypes.TaskCompleted)]
    [InlineData("""{"taskId":"t","out\u0070uts":{}}""", EventTypes.TaskCompleted)]
    [InlineData("""{"requestId":"r","outputs":{}}""", EventTypes.InstanceCompleted)]
    [InlineData("""{"requestId":"r","taskId":"t","outputs":{}}""", EventTypes.TaskCompleted)]
    [InlineData("""{"requestId":"r","error":{"category":"data"}}""", EventTypes.InstanceFailed)]
    [InlineData("""{"taskId":"t","error":{"code":"NO"}}""", EventTypes.TaskRejected)]
    [InlineData("""{"taskId":"t","error":{"details":{"category":1}}}""", EventTypes.TaskRejected)]
    [InlineData("""{"taskId":"t","error":{"details":{},"category":"data"}}""", null)]
    [InlineData("""{"taskId":"t","error":"category"}""", null)]
    [InlineData("""{"taskId":"t","inputs":{"outputs":{}}}""", null)]
    [InlineData("""[{"outputs":{}}]""", null)]
    [InlineData("""{"outputs":{}} {}""", null)]
    [InlineData("""{"outputs":{}""", null)]
    [InlineData("", null)]
    public void The_fields_of_the_body_say_it(string body, string? kind) => EventKind.Of(Result(body)).ShouldBe(kind);

    [Fact]
    public void A_failure_and_an_incident_are_told_apart_by_the_key() =>
        EventKind
            .Of(Result("""{"taskId":"t","error":{"category":"data"}}""", "engine.retried"))
            .ShouldBe(EventTypes.TaskFailed);

    [Theory]
    [InlineData("""{"\ud83d":1,"taskId":"t","outputs":{}}""", EventTypes.TaskCompleted)]
    [InlineData("""{"taskId":"t","outputs":{},"\udc00x":1}""", EventTypes.TaskCompleted)]
    [InlineData("""{"taskId":"t","error":{"\ud83d":1,"code":"NO"}}""", EventTypes.TaskRejected)]
    [InlineData("""{"\ud83d":1}""", null)]
    public void Half_of_a_character_in_a_name_says_nothing_and_is_refused_by_who_reads_it(string body, string? kind)
    {
        var delivery = Result(body);

        EventKind.Of(delivery).ShouldBe(kind);

        if (kind == EventTypes.TaskCompleted)
        {
            delivery.TryRead(ContractJson.Default.TaskCompleted, Limits.Body, out _, out var error).ShouldBeFalse();
            error!.Code.ShouldBe("malformed-message");
        }
    }

    [Fact]
    public void A_body_of_more_than_16_MiB_is_not_looked_into_and_the_reason_says_so()
    {
        const string Event = """{"taskId":"t","outputs":{}}""";
        var largest = Result(Event.PadRight(16 * 1024 * 1024));
        var larger = Result(Event.PadRight((16 * 1024 * 1024) + 1));

        EventKind.Of(largest).ShouldBe(EventTypes.TaskCompleted);
        EventKind.Of(larger).ShouldBeNull();
        EventKind.Unknown(larger).Message.ShouldContain("16777216 bytes");
        EventKind.Unknown(Result("{}")).Message.ShouldNotContain("bytes");
        EventKind
            .Of(larger with { Properties = new MessageProperties { Type = EventTypes.TaskCompleted } })
            .ShouldBe(EventTypes.TaskCompleted);
    }

    private static Delivery Result(string body, string key = "engine") =>
        new(Exchanges.Results, key, new MessageProperties(), Encoding.UTF8.GetBytes(body));
}
