using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk.Tests.Journal;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null]}""", """ { "a" : 1 , "b" : [ true , null ] } """)]
    [InlineData("""{"a":"Zürich/<x>"}""", """{"a":"Z\u00FCrich\/\u003cx\u003E"}""")]
    [InlineData("""{"a":"😀"}""", """{"a":"\ud83d\uDE00"}""")]
    [InlineData("""{"na\u006de":1}""", """{"name":1}""")]
    [InlineData("{}", "{ }")]
    public void What_is_only_written_differently_is_the_same(string one, string other) => Of(one).ShouldBe(Of(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":true}""", """{"a":"true"}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":null}""", """{"a":false}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["bc"]}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["bs\u0000\u0000\u0000\u0001c"]}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[12]}""")]
    [InlineData("""{"a":[[],[]]}""", """{"a":[[[]]]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{},"b":1}""")]
    [InlineData("""{"a":"b"}""", """{"b":"a"}""")]
    [InlineData("""{"a":" "}""", """{"a":""}""")]
    [InlineData("""{"a":"é"}""", """{"a":"e\u0301"}""")]
    public void What_says_something_else_is_not(string one, string other) => Of(one).ShouldNotBe(Of(other));

    [Fact]
    public void Operation_and_version_count()
    {
        var one = Of("{}", "sample.pay", 1);

        Of("{}", "sample.pay", 2).ShouldNotBe(one);
        Of("{}", "sample.payv", 1).ShouldNotBe(one);
        Of("{}", "sample.pay", 1).ShouldBe(one);
    }

    [Fact]
    public void Engine_id_attempt_and_deadline_do_not()
    {
        var one = Request("""{"a":1}""");

        Fingerprint
            .Of(
                one with
                {
                    TaskId = "u",
                    ReplyTo = "f",
                    Attempt = 7,
                    Deadline = DateTimeOffset.UnixEpoch,
                    AfterDoubt = true,
                    Tenant = "north",
                    Process = new ProcessReference("i", "d"),
                }
            )
            .ShouldBe(Fingerprint.Of(one));
    }

    // Around the size of the buffer, and far beyond it.
    [Theory]
    [InlineData(2_000)]
    [InlineData(2_020)]
    [InlineData(2_030)]
    [InlineData(2_040)]
    [InlineData(2_048)]
    [InlineData(2_049)]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public void Long_texts_count_to_their_last_character(int length)
    {
        var text = new string('x', length);

        var written = Of($$"""{"a":"{{text}}","b":[1,2,"{{text}}"]}""");

        Of($$"""{ "a": "\u0078{{text[1..]}}", "b": [1, 2, "{{text[1..]}}\u0078"] }""").ShouldBe(written);
        Of($$"""{"a":"{{text}}","b":[1,2,"{{text[1..]}}y"]}""").ShouldNotBe(written);
    }

    [Fact]
    public void Many_small_values_count_each()
    {
        var numbers = string.Join(',', Enumerable.Range(0, 5_000));

        Of($$"""{"a":[{{numbers}}]}""").ShouldNotBe(Of($$"""{"a":[{{numbers[..^1]}}8]}"""));
        Of($$"""{"a":[{{numbers}}]}""").ShouldBe(Of($$"""{"a":[ {{numbers}} ]}"""));
    }

    [Fact]
    public void A_request_that_was_stored_and_sent_again_has_the_same()
    {
        var request = Request("""{"z":1.50,"a":"Zürich \"<&\" 😀","n":[1e2,-0.0,{"":null}],"z":1}""");

        var stored = JsonSerializer.Serialize(request, ContractJson.Default.TaskRequested);
        var again = JsonSerializer.Deserialize(stored, ContractJson.Default.TaskRequested)!;

        Fingerprint.Of(again with { Attempt = 2 }).ShouldBe(Fingerprint.Of(request));
    }

    private static byte[] Of(string inputs, string operation = "sample.pay", int version = 1) =>
        Fingerprint.Of(Request(inputs) with { Operation = operation, Version = version });

    private static TaskRequested Request(string inputs) => new("t", "sample.pay", 1, "e", JsonElement.Parse(inputs));
}
