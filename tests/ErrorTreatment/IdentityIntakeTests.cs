using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

/// <summary>Events as peers write them, also those of the release before, read by the whole service.</summary>
public sealed class IdentityIntakeTests : IAsyncLifetime
{
    private const string Queue = "integration.error-treatment";

    // As written by a service of the release before.
    private const string OldError = """
        {"error":{"category":"access","code":"unauthorised","message":"bureau.example refused.","retryable":false},
        "occurredAt":"2026-06-01T08:00:00Z","service":{"name":"rest","version":"0.1.0","instance":"old-1"},"taskId":"t1","attempt":1,
        "operation":"rest.request","request":{"taskId":"t1","operation":"rest.request","version":1,"replyTo":"ENGINE",
        "inputs":{"url":"https://bureau.example/"},"attempt":1}}
        """;

    private const string OldCancellation = """
        {"taskId":"t1","operation":"rest.request","occurredAt":"2026-06-01T08:00:00Z","reason":"The instance was cancelled."}
        """;

    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync() => _treatment = await RunningTreatment.StartAsync();

    public ValueTask DisposeAsync() => _treatment.DisposeAsync();

    [Theory]
    [InlineData("first", null, "first cancelled,second parked")]
    [InlineData(null, "second", "first parked,second cancelled")]
    [InlineData("first", "second", "first parked,second cancelled")]
    [InlineData(null, null, "first cancelled,second cancelled")]
    [InlineData("", null, "first cancelled,second cancelled")]
    public async Task A_cancellation_is_of_the_engine_in_its_body_or_its_properties_or_of_all(
        string? property,
        string? body,
        string states
    )
    {
        await TakeAsync(Exchanges.Errors, EventTypes.TaskErrored, OldError.Replace("ENGINE", "first"));
        await TakeAsync(Exchanges.Errors, EventTypes.TaskErrored, OldError.Replace("ENGINE", "second"));

        await TakeAsync(
            Exchanges.Control,
            EventTypes.TaskCancelled,
            body is null ? OldCancellation : OldCancellation.Replace("{", $$"""{"replyTo":"{{body}}","""),
            property
        );

        (await StatesAsync()).ShouldBe(states);
    }

    [Fact]
    public async Task A_result_of_the_release_before_resolves_the_failure_of_its_engine()
    {
        await TakeAsync(Exchanges.Errors, EventTypes.TaskErrored, OldError.Replace("ENGINE", "first"));
        await TakeAsync(Exchanges.Errors, EventTypes.TaskErrored, OldError.Replace("ENGINE", "second"));

        await TakeAsync(
            Exchanges.Results,
            EventTypes.TaskCompleted,
            """
            {"taskId":"t1","operation":"rest.request","version":1,"replyTo":"second","outputs":{},"startedAt":"2026-06-01T08:00:00Z",
            "completedAt":"2026-06-01T08:00:00Z","service":{"name":"rest"},"attempt":2,"status":200,"replayed":false}
            """
        );
        await TakeAsync(
            Exchanges.Results,
            EventTypes.TaskFailed,
            """
            {"taskId":"t1","error":{"category":"internal","code":"cancelled","message":"Withdrawn."},"occurredAt":"2026-06-01T08:00:00Z",
            "replyTo":"first","service":{"name":"rest"},"attempt":2}
            """
        );

        (await StatesAsync()).ShouldBe("first cancelled,second resolved");
    }

    [Theory]
    [InlineData("m-17")]
    [InlineData(null)]
    public async Task A_request_with_an_id_in_use_is_listed_beside_the_task_that_holds_it(string? messageId)
    {
        await TakeAsync(Exchanges.Errors, EventTypes.TaskErrored, OldError.Replace("ENGINE", "first"));
        var request = Events.Task("t1") with { ReplyTo = "first" };
        var collision = Events.Errored(
            request,
            new ErrorInfo(ErrorCategory.Data, ErrorCodes.TaskIdInUse, "The id belongs to another task.")
        ) with
        {
            Source = new MessageSource(Exchanges.Tasks, "rest.request.v1", "", "text", 200, MessageId: messageId),
        };

        await _treatment.TakeAsync(collision);
        await _treatment.TakeAsync(collision);

        var list = (await _treatment.ListAsync("q=t1")).GetProperty("failures").EnumerateArray().ToList();
        list.Count.ShouldBe(2);
        list[0].GetProperty("kind").GetString().ShouldBe("message");
        list[0].GetProperty("taskId").GetString().ShouldBe("t1");
        list[0].GetProperty("replyTo").GetString().ShouldBe("first");
        list[0].GetProperty("possible").EnumerateArray().Select(one => one.GetString()).ShouldBe(["give-up"]);
        var shown = await _treatment.ShowAsync(list[0].GetProperty("id").GetString()!);
        shown.GetProperty("request").GetProperty("inputs").GetProperty("url").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_masked_request_says_why_it_cannot_be_sent_again()
    {
        var errored = Events.Errored(Events.Task("secretive"), Events.Connectivity()) with { Masked = true };

        await _treatment.TakeAsync(errored);

        var failure = (await _treatment.FindAsync("secretive"))!.Value;
        failure.GetProperty("state").GetString().ShouldBe("parked");
        failure.GetProperty("possible").EnumerateArray().Select(one => one.GetString()).ShouldBe(["give-up"]);
        failure.GetProperty("wayOut").GetString()!.ShouldContain("{{secrets.NAME}}");
        (
            await _treatment.Client.PostAsync($"/failures/{failure.GetProperty("id").GetString()}/retry", null)
        ).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("Zürich")]
    [InlineData("漢字")]
    [InlineData("😀")]
    [InlineData("<&'+>")]
    public async Task A_request_does_not_grow_by_being_stored_and_sent_again(string text)
    {
        var inputs = $$"""{ "text": "{{string.Concat(Enumerable.Repeat(text, 1_000))}}", "number": 1.50 }""";
        var request = Events.Task("verbatim") with { Inputs = System.Text.Json.JsonElement.Parse(inputs) };
        await _treatment.TakeAsync(Events.Errored(request, Events.Connectivity()));

        await Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);

        Encoding.UTF8.GetString(_treatment.Bus.Published[0].Body.Span).ShouldContain(inputs);
    }

    [Fact]
    public async Task A_task_of_exactly_the_limit_is_read_again_when_nobody_takes_its_retry_either()
    {
        await using var treatment = await RunningTreatment.StartAsync(["--Treatment:LargestEvent=262144"]);
        var start = """
            {"taskId":"big","operation":"rest.request","version":1,"replyTo":"engine","inputs":{"text":"
            """;
        var body = Encoding.UTF8.GetBytes(start + new string('x', 262_144 - start.Length - 3) + "\"}}");
        body.Length.ShouldBe(262_144);
        var message = new OutgoingMessage(Exchanges.Tasks, "rest.request.v1", new MessageProperties(), body);
        await treatment.Bus.DeliverAsync("integration.unrouted", message);
        await Eventually.TrueAsync(() => treatment.Bus.Published.Count == 1);
        var again = treatment.Bus.Published[0];
        again.Body.Length.ShouldBeGreaterThan(262_144);

        await treatment.Bus.DeliverAsync("integration.unrouted", again);

        var failures = (await treatment.ListAsync()).GetProperty("failures");
        failures.GetArrayLength().ShouldBe(1);
        failures[0].GetProperty("attempt").GetInt32().ShouldBe(2);
        failures[0].GetProperty("error").GetProperty("code").GetString().ShouldBe("no-service");
    }

    private async Task TakeAsync(string exchange, string type, string body, string? replyTo = null) =>
        (
            await _treatment.Bus.DeliverAsync(
                Queue,
                new OutgoingMessage(
                    exchange,
                    "any.retried",
                    new MessageProperties { Type = type, ReplyTo = replyTo },
                    Encoding.UTF8.GetBytes(body)
                )
            )
        ).ShouldBe(Settlement.Acknowledge);

    private async Task<string> StatesAsync() =>
        string.Join(
            ',',
            (await _treatment.ListAsync("q=t1"))
                .GetProperty("failures")
                .EnumerateArray()
                .Select(failure =>
                    $"{failure.GetProperty("replyTo").GetString()} {failure.GetProperty("state").GetString()}"
                )
                .Order(StringComparer.Ordinal)
        );
}
