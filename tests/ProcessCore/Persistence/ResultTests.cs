using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

public sealed class ResultTests : CoreTest
{
    [Fact]
    public async Task A_result_that_is_delivered_twice_counts_once()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing().Start().Service("Call").Service("Next").End().Flow("Start", "Call", "Next", "End")
        );
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        var result = Bus.Messages.Of(TestBus.Completed(Bus.Requests[0], new { answer = 1 }));

        var settlements = await Task.WhenAll(Bus.DeliverAsync(result), Bus.DeliverAsync(result));

        settlements.ShouldAllBe(settlement => settlement == Settlement.Acknowledge);
        await RequestedAsync(2);
        (await core.HistoryAsync(instance)).Count(type => type == "task.completed").ShouldBe(1);
        (await core.HistoryAsync(instance)).Count(type => type == "result.ignored").ShouldBe(1);
        Bus.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_different_final_events_the_first_counts()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        var task = Bus.Requests[0];

        await Bus.CompleteAsync(task, new { answer = 1 });
        await Bus.DeliverAsync(
            Bus.Messages.Of(
                new TaskRejected(
                    task.TaskId,
                    task.Operation,
                    task.Version,
                    task.ReplyTo,
                    new BusinessError("NO", "No."),
                    DateTimeOffset.UtcNow,
                    DateTimeOffset.UtcNow,
                    new ServiceReference("test")
                )
            )
        );

        (await core.StateAsync(instance)).ShouldBe("completed");
        (await core.HistoryAsync(instance))[^1].ShouldBe("result.ignored");
    }

    [Fact]
    public async Task A_parked_task_is_an_incident_of_the_instance_until_it_completes()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        var task = Bus.Requests[0];
        await Bus.DeliverAsync(
            Bus.Messages.Of(
                new TaskIncident(
                    task.TaskId,
                    new ErrorInfo(ErrorCategory.Access, "unauthorized", "The key has expired."),
                    DateTimeOffset.UtcNow,
                    task.ReplyTo,
                    new ServiceReference("error-treatment"),
                    FailureId: "f1"
                )
            )
        );

        var incident = (await core.GetAsync("/incidents")).EnumerateArray().ShouldHaveSingleItem();
        incident.GetProperty("kind").GetString().ShouldBe("parked");
        incident.GetProperty("instanceId").GetString().ShouldBe(instance);
        incident.GetProperty("failureId").GetString().ShouldBe("f1");

        await Bus.CompleteAsync(task);
        (await core.GetAsync("/incidents")).GetArrayLength().ShouldBe(0);
        (await core.StateAsync(instance)).ShouldBe("completed");
    }

    [Fact]
    public async Task A_task_that_was_given_up_can_be_asked_for_again()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        var task = Bus.Requests[0];
        await Bus.DeliverAsync(
            Bus.Messages.Of(
                new TaskFailed(
                    task.TaskId,
                    new ErrorInfo(ErrorCategory.Data, "not-found", "There is no such customer."),
                    DateTimeOffset.UtcNow,
                    task.ReplyTo,
                    new ServiceReference("error-treatment")
                )
            )
        );
        var incident = (await core.GetAsync("/incidents")).EnumerateArray().Single();

        using var answer = await core.Http.PostAsync(
            $"/incidents/{incident.GetProperty("id").GetString()}/retry",
            null
        );
        answer.EnsureSuccessStatusCode();

        await RequestedAsync(2);
        Bus.Requests[1].TaskId.ShouldNotBe(task.TaskId);
        await Bus.CompleteAsync(Bus.Requests[1]);
        (await core.StateAsync(instance)).ShouldBe("completed");
    }

    [Fact]
    public async Task A_task_without_an_answer_goes_to_error_treatment_and_a_late_answer_closes_it_there()
    {
        await using var core = await StartAsync("--Core__TaskDeadline=00:00:01");
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);

        await Eventually.TrueAsync(() => Bus.Errors.Count == 1);
        Bus.Errors[0].Error.Code.ShouldBe("no-answer");
        Bus.Errors[0].Request!.TaskId.ShouldBe(Bus.Requests[0].TaskId);
        (await core.GetAsync("/incidents"))[0].GetProperty("kind").GetString().ShouldBe("no-answer");

        await Bus.CompleteAsync(Bus.Requests[0]);
        (await core.StateAsync(instance)).ShouldBe("completed");
        await Eventually.TrueAsync(() => Bus.Cancellations.Count == 1);
        Bus.Cancellations[0].TaskId.ShouldBe(Bus.Requests[0].TaskId);
    }

    public static TheoryData<string, string, string> Unreadable =>
        new()
        {
            { EventTypes.TaskCompleted, "{", "malformed-message" },
            { EventTypes.TaskCompleted, """{"taskId":"1"}""", "malformed-message" },
            { "something.else", "{}", "malformed-message" },
            {
                EventTypes.ProcessStart,
                """{"definition":"order","variables":[],"requestId":"1"}""",
                "malformed-message"
            },
            {
                EventTypes.ProcessStart,
                """{"definition":"order","variables":{},"requestId":""}""",
                "malformed-message"
            },
            {
                EventTypes.ProcessStart,
                """{"definition":"none","variables":{},"requestId":"1"}""",
                "unknown-definition"
            },
            { EventTypes.MessageReceived, """{"name":"","variables":{},"requestId":"1"}""", "malformed-message" },
            { EventTypes.MessageReceived, """{"name":"m","variables":1,"requestId":"1"}""", "malformed-message" },
            {
                EventTypes.MessageReceived,
                """{"name":"m","variables":{},"requestId":"a\u0000"}""",
                "malformed-message"
            },
        };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_taken_goes_to_error_treatment_as_it_came(string type, string body, string code)
    {
        await using var core = await StartAsync();
        var settlement = await Bus.DeliverAsync(
            new OutgoingMessage(
                type is EventTypes.ProcessStart or EventTypes.MessageReceived ? Exchanges.Inbound : Exchanges.Results,
                type switch
                {
                    EventTypes.ProcessStart => "start.order",
                    EventTypes.MessageReceived => "message.m",
                    _ => "process-core",
                },
                new MessageProperties { Type = type, CorrelationId = "task-1" },
                Encoding.UTF8.GetBytes(body)
            )
        );

        settlement.ShouldBe(Settlement.Acknowledge);
        var error = Bus.Errors.ShouldHaveSingleItem();
        error.Error.Category.ShouldBe(ErrorCategory.Data);
        error.Error.Code.ShouldBe(code);
        error.Source!.Body.ShouldBe(body);
        error.Source.CorrelationId.ShouldBe("task-1");
    }

    [Fact]
    public async Task A_result_for_a_task_of_somebody_else_goes_to_error_treatment()
    {
        await using var core = await StartAsync();
        var stranger = new TaskRequested(
            "somebody-elses-task",
            "rest.request",
            1,
            "process-core",
            System.Text.Json.JsonElement.Parse("{}")
        );

        await Bus.CompleteAsync(stranger);
        await Bus.CompleteAsync(stranger with { TaskId = $"{Guid.NewGuid()}-1" });

        Bus.Errors.Select(error => error.Error.Code).ShouldBe(["unknown-task", "unknown-task"]);
    }

    [Fact]
    public async Task News_about_an_unknown_task_goes_to_error_treatment_as_a_failure_that_is_nobodys()
    {
        await using var core = await StartAsync();
        var error = new ErrorInfo(ErrorCategory.Internal, "x", "X.");
        var treatment = new ServiceReference("error-treatment");

        await Bus.DeliverAsync(
            Bus.Messages.Of(new TaskIncident("unknown", error, DateTimeOffset.UtcNow, "process-core", treatment))
        );
        await Bus.DeliverAsync(
            Bus.Messages.Of(new TaskFailed("unknown", error, DateTimeOffset.UtcNow, "process-core", treatment))
        );

        Bus.Errors.Select(e => e.Error.Code).ShouldBe(["unknown-task", "unknown-task"]);
        // Without a request and a task of its own: error treatment tells no engine about it.
        Bus.Errors.ShouldAllBe(e => e.TaskId == null && e.Request == null && e.Source!.Exchange == Exchanges.Results);
    }

    [Theory]
    [InlineData("""{"outputs":{"answer":1}}""")]
    [InlineData("""{"error":{"code":"NO","message":"No."}}""")]
    public async Task A_result_without_a_type_is_known_by_its_fields(string fields)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        var result = Bus.Messages.Of(TestBus.Completed(Bus.Requests[0]));
        var body = System.Text.Json.Nodes.JsonNode.Parse(result.Body.Span)!.AsObject();
        body.Remove("outputs");
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject())
            body[name] = value!.DeepClone();

        await Bus.DeliverAsync(
            result with
            {
                Properties = result.Properties with { Type = null },
                Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
            }
        );

        Bus.Errors.ShouldBeEmpty();
        (await core.HistoryAsync(instance)).ShouldContain(type => type.StartsWith("task.") && type != "task.requested");
    }

    [Fact]
    public async Task A_result_that_nobody_can_tell_from_another_kind_goes_to_error_treatment_with_the_reason()
    {
        await using var core = await StartAsync();
        var incident = Bus.Messages.Of(
            new TaskIncident(
                "17",
                new ErrorInfo(ErrorCategory.Internal, "x", "X."),
                DateTimeOffset.UtcNow,
                "process-core",
                new ServiceReference("error-treatment")
            )
        );

        await Bus.DeliverAsync(incident with { Properties = incident.Properties with { Type = null } });

        var error = Bus.Errors.ShouldHaveSingleItem();
        error.Error.Code.ShouldBe("malformed-message");
        error.Error.Message.ShouldContain("property type");
    }

    [Theory]
    [InlineData("""{"out\ud800":1}""")]
    [InlineData("""{"taskId":"1","outputs":{"\udc00":1}}""")]
    [InlineData("""{"error":{"\ud800":"x"}}""")]
    public async Task A_result_without_a_type_whose_names_are_no_text_is_reported_and_not_returned(string body)
    {
        await using var core = await StartAsync();

        var settlement = await Bus.DeliverAsync(
            new OutgoingMessage(
                Exchanges.Results,
                "process-core",
                new MessageProperties { MessageId = "m1" },
                Encoding.UTF8.GetBytes(body)
            )
        );

        settlement.ShouldBe(Settlement.Acknowledge);
        var error = Bus.Errors.ShouldHaveSingleItem();
        error.Error.Code.ShouldBe("malformed-message");
        error.Source!.Body.ShouldBe(body);
    }

    [Fact]
    public async Task What_throws_while_it_is_taken_is_reported_after_a_few_tries_and_changes_nothing()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        // As a fault of the engine would: the state cannot be read.
        await core.ExecuteAsync("update instances set state = '{}'");

        var settlement = await Bus.CompleteAsync(Bus.Requests[0]);

        settlement.ShouldBe(Settlement.Acknowledge);
        var error = Bus.Errors.ShouldHaveSingleItem();
        error.Error.Category.ShouldBe(ErrorCategory.Data);
        error.Source!.Body.ShouldContain(instance);
    }

    [Fact]
    public async Task A_reason_fits_into_an_event_however_long_the_name_is_that_it_speaks_of()
    {
        await using var core = await StartAsync();
        var task = new TaskRequested("1", "rest.request", 1, "process-core", System.Text.Json.JsonElement.Parse("{}"));
        var result = Bus.Messages.Of(TestBus.Completed(task));
        var broken = "\"outputs\":{\"" + new string('n', 900_000) + "\":\"\\ud800\"}";
        var body = Encoding
            .UTF8.GetString(result.Body.Span)
            .Replace("\"outputs\":{}", broken, StringComparison.Ordinal);

        await Bus.DeliverAsync(result with { Body = Encoding.UTF8.GetBytes(body) });

        Bus.Errors.ShouldHaveSingleItem().Error.Message.ShouldContain("half of a character");
        Bus.Errors.ShouldHaveSingleItem().Error.Message.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task A_result_over_the_limit_is_not_taken_and_the_reason_names_the_setting()
    {
        await using var core = await StartAsync("--Core__ResultLimit=65536");
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);

        await Bus.CompleteAsync(Bus.Requests[0], new { text = new string('x', 65_536) });

        var error = Bus.Errors.ShouldHaveSingleItem();
        error.Error.Category.ShouldBe(ErrorCategory.Volumetric);
        error.Error.Message.ShouldContain("Core__ResultLimit");
        error.Source!.Body.Length.ShouldBe(Limits.SourceBody);
        (await core.StateAsync(instance)).ShouldBe("running");
    }
}
