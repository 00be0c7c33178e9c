using Integration.Bus;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Hosting;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests.Pipeline;

/// <summary>A task is known by its engine and its id; an id stands for one request.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("sample.store", """{"document":"a"}""", """{"document":"b"}""")]
    [InlineData("sample.store", """{"document":"a"}""", """{"document":"a"}""")]
    [InlineData("sample.pay", """{"amount":1}""", """{"amount":2}""")]
    public async Task Two_engines_that_chose_the_same_id_get_their_own_outcomes(
        string operation,
        string inputs,
        string others
    )
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var request = Request(operation, inputs);
        var other = request with { ReplyTo = "other-engine", Inputs = Json(others) };

        var first = await service.SendAsync(request);
        var second = await service.SendAsync(other);

        first.Completed!.ReplyTo.ShouldBe("test-engine");
        second.Completed!.ReplyTo.ShouldBe("other-engine");
        second.Completed.Replayed.ShouldBeFalse();
        external.Calls.ShouldBe(2);
        external.Effects.ShouldBe(2);
        (await service.RedeliverAsync(first)).Completed!.Replayed.ShouldBeTrue();
        (await service.RedeliverAsync(second)).Completed!.Replayed.ShouldBeTrue();
        external.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Two_engines_with_the_same_id_at_the_same_time_do_not_wait_for_each_other()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (call, _) => call == 1 ? release.Task : Task.CompletedTask };
        await using var service = await SampleService.StartAsync(external);
        var request = Request("sample.pay", """{"amount":1}""");

        Task<TaskAnswer>? first = null;
        await service.BeginAsync(request, answer => first = answer);
        await external.Reached.Task;
        var second = await service.SendAsync(request with { ReplyTo = "other-engine" });
        release.SetResult();

        second.Completed!.Replayed.ShouldBeFalse();
        (await first!).Completed!.Replayed.ShouldBeFalse();
        external.Effects.ShouldBe(2);
    }

    [Fact]
    public async Task A_failed_task_of_another_engine_with_the_same_id_is_retried_on_its_own()
    {
        var external = new ExternalSystem
        {
            Behaviour = (call, _) =>
                call <= 2 ? throw new ConnectivityErrorException("unavailable", "503") : Task.CompletedTask,
        };
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.store", new { document = "a" });
        var second = await service.SendAsync(first.Request with { ReplyTo = "other-engine" });

        var again = await service.RetryAsync(second);
        var late = await service.RetryAsync(first);

        second.Errored.ShouldNotBeNull();
        again.Completed!.Replayed.ShouldBeFalse();
        late.Completed!.Replayed.ShouldBeFalse();
        external.Calls.ShouldBe(4);
    }

    [Theory]
    [InlineData(PipelineStep.Executed, 2)]
    [InlineData(PipelineStep.Recorded, 1)]
    public async Task A_second_engine_has_one_effect_as_well_wherever_the_process_dies(PipelineStep step, int calls)
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.store", new { document = "a" });
        service.CrashAt(step);

        var second = await service.SendAsync(first.Request with { ReplyTo = "other-engine" });

        service.Starts.ShouldBe(2, "the process must have died, or the test proves nothing");
        second.Completed.ShouldNotBeNull(second.Error);
        external.Calls.ShouldBe(1 + calls);
        external.Effects.ShouldBe(2);
    }

    [Fact]
    public async Task A_second_engine_is_in_doubt_on_its_own()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.pay", new { amount = 1 });
        service.CrashAt(PipelineStep.Intended);

        var doubt = await service.SendAsync(first.Request with { ReplyTo = "other-engine" });
        var decided = await service.RetryAsync(doubt);

        doubt.Errored!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        decided.Completed!.Replayed.ShouldBeFalse();
        (await service.RedeliverAsync(first)).Completed!.Replayed.ShouldBeTrue();
        external.Effects.ShouldBe(2);
    }

    [Theory]
    [InlineData("sample.pay", """{"amount":2}""", 1)]
    [InlineData("sample.pay", """{"amount":1.0}""", 1)]
    [InlineData("sample.pay", """{"amount":1,"note":null}""", 1)]
    [InlineData("sample.store", """{"amount":1}""", 1)]
    [InlineData("sample.pay", """{"amount":2}""", 2)]
    public async Task Another_request_with_the_id_of_a_task_that_ended_is_refused_and_changes_nothing(
        string operation,
        string inputs,
        int attempt
    )
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.SendAsync(Request("sample.pay", """{"amount":1}"""));

        var refused = await service.SendAsync(
            first.Request with
            {
                Operation = operation,
                Inputs = Json(inputs),
                Attempt = attempt,
            },
            properties => properties with { MessageId = "m-17" }
        );

        refused.Error!.ShouldStartWith("data task-id-in-use");
        refused.Errored!.Error.Retryable.ShouldBeFalse();
        refused.Errored.Error.Message.ShouldContain("Nothing was executed");
        refused.Errored.Source!.MessageId.ShouldBe("m-17");
        refused.Errored.Request!.Attempt.ShouldBe(attempt);
        external.Calls.ShouldBe(1);
        (await service.RedeliverAsync(first)).Completed!.Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_request_written_differently_is_the_same_task()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.SendAsync(Request("sample.store", """{"document":"Zürich"}"""));

        var second = await service.SendAsync(
            first.Request with
            {
                Inputs = Json("""{ "document" : "Z\u00fcrich" }"""),
                Attempt = 3,
            }
        );

        second.Completed!.Replayed.ShouldBeTrue();
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_higher_attempt_after_a_failure_may_ask_for_something_else_and_takes_its_place()
    {
        var external = new ExternalSystem
        {
            Behaviour = (call, _) =>
                call == 1 ? throw new ConnectivityErrorException("unavailable", "503") : Task.CompletedTask,
        };
        await using var service = await SampleService.StartAsync(external);
        var failed = await service.RunAsync("sample.store", new { document = "wrong" });
        var corrected = failed.Request with { Attempt = 2, Inputs = Json("""{"document":"right"}""") };

        var same = await service.SendAsync(corrected with { Attempt = 1 });
        var second = await service.SendAsync(corrected);
        var old = await service.SendAsync(failed.Request with { Attempt = 2 });

        same.Errored!.Error.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        second.Completed!.Replayed.ShouldBeFalse();
        old.Errored!.Error.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        (await service.SendAsync(corrected)).Completed!.Replayed.ShouldBeTrue();
        external.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_doubt_only_who_knows_of_it_may_ask_for_something_else()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        service.CrashAt(PipelineStep.Intended);
        var doubt = await service.RunAsync("sample.pay", new { amount = 1 });
        var changed = doubt.Request with { Attempt = 2, Inputs = Json("""{"amount":2}""") };

        var unaware = await service.SendAsync(changed);
        var decided = await service.SendAsync(changed with { AfterDoubt = true });

        unaware.Errored!.Error.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        decided.Completed!.Replayed.ShouldBeFalse();
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task Another_request_with_the_id_of_a_task_at_work_waits_for_it_and_is_refused()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        await using var service = await SampleService.StartAsync(external);
        var request = Request("sample.pay", """{"amount":1}""");

        Task<TaskAnswer>? first = null;
        Task<TaskAnswer>? second = null;
        await service.BeginAsync(request, answer => first = answer);
        await external.Reached.Task;
        await service.BeginAsync(request with { Inputs = Json("""{"amount":2}""") }, answer => second = answer);
        release.SetResult();

        TaskAnswer[] answers = [await first!, await second!];
        answers.Count(answer => answer.Completed is { Replayed: false }).ShouldBe(1);
        answers.Count(answer => answer.Errored?.Error.Code == ErrorCodes.TaskIdInUse).ShouldBe(1);
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancellation_concerns_the_task_of_its_engine_only()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, cancellation) => release.Task.WaitAsync(cancellation) };
        await using var service = await SampleService.StartAsync(external);
        var request = Request("sample.store", """{"document":"a"}""");

        Task<TaskAnswer>? mine = null;
        Task<TaskAnswer>? others = null;
        await service.BeginAsync(request, answer => mine = answer);
        await service.BeginAsync(request with { ReplyTo = "other-engine" }, answer => others = answer);
        await Eventually.TrueAsync(() => external.Calls == 2);
        await service.CancelAsync(request);

        (await mine!).Failed.ShouldNotBeNull();
        release.SetResult();
        (await others!).Completed.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("test-engine", "test-engine")]
    [InlineData(null, "test-engine other-engine")]
    [InlineData("", "test-engine other-engine")]
    public async Task A_cancellation_whose_body_names_no_engine_is_of_the_one_in_its_properties_or_of_all(
        string? replyTo,
        string withdrawn
    )
    {
        var external = new ExternalSystem { Behaviour = (_, cancellation) => Task.Delay(-1, cancellation) };
        await using var service = await SampleService.StartAsync(external);
        var request = Request("sample.store", """{"document":"a"}""");
        var answers = new Dictionary<string, Task<TaskAnswer>>();
        foreach (var engine in new[] { "test-engine", "other-engine" })
        {
            await service.BeginAsync(request with { ReplyTo = engine }, answer => answers[engine] = answer);
            await external.Reached.Task;
            external.Reset();
        }

        await WithdrawAsync(service, request, replyTo);

        foreach (var engine in withdrawn.Split(' '))
            (await answers[engine]).Failed.ShouldNotBeNull(engine);
        // Once more for those that are still at work, and for one that has not begun.
        await WithdrawAsync(service, request, replyTo: null);
        foreach (var answer in answers.Values)
            (await answer).Failed.ShouldNotBeNull();
        (await service.SendAsync(request with { ReplyTo = "third-engine" })).Failed.ShouldNotBeNull();
        external.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_whose_secrets_were_masked_on_the_way_says_so()
    {
        await using var service = await SampleService.StartAsync(
            new ExternalSystem { Behaviour = (_, _) => throw new AccessErrorException("unauthorised", "Refused.") }
        );
        service.Services.GetRequiredService<SecretMask>().Add("correct horse battery");

        var telling = await service.RunAsync("sample.store", new { document = "my correct horse battery" });
        var again = await service.RedeliverAsync(telling);
        var silent = await service.RunAsync("sample.store", new { document = "{{secrets.HORSE}}" });
        var refused = await service.SendAsync(
            silent.Request with
            {
                Inputs = Json("""{"document":"correct horse battery"}"""),
            }
        );

        telling.Errored!.Masked.ShouldBeTrue();
        telling.Errored.Request!.Inputs.GetProperty("document").GetString().ShouldBe("my ***");
        again.Errored!.Masked.ShouldBeTrue();
        silent.Errored!.Masked.ShouldBeFalse();
        refused.Errored!.Error.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        refused.Errored.Masked.ShouldBeTrue();
        refused.Errored.Request!.Inputs.GetProperty("document").GetString().ShouldBe("***");
    }

    [Fact]
    public async Task A_secret_in_the_message_of_an_error_alone_does_not_mark_the_request()
    {
        await using var service = await SampleService.StartAsync(
            new ExternalSystem
            {
                Behaviour = (_, _) =>
                    throw new AccessErrorException("unauthorised", "correct horse battery is refused."),
            }
        );
        service.Services.GetRequiredService<SecretMask>().Add("correct horse battery");

        var answer = await service.RunAsync("sample.store", new { document = "a" });

        answer.Errored!.Error.Message.ShouldBe("*** is refused.");
        answer.Errored.Masked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_beside_a_masked_message_keeps_its_bytes()
    {
        await using var service = await SampleService.StartAsync(
            new ExternalSystem
            {
                Behaviour = (_, _) =>
                    throw new AccessErrorException("unauthorised", "correct horse battery is refused."),
            }
        );
        service.Services.GetRequiredService<SecretMask>().Add("correct horse battery");
        const string inputs = """{"document":"Zürich \"<&\" 😀 \u0041"}""";

        var answer = await service.SendAsync(Request("sample.store", inputs) with { Attempt = 2 });

        answer.Errored!.Error.Message.ShouldBe("*** is refused.");
        answer.Errored.Request!.Inputs.GetRawText().ShouldBe(inputs);
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("Zürich ")]
    [InlineData("<a href=\"x\">'&+</a>")]
    [InlineData("漢字")]
    [InlineData("😀")]
    public async Task A_task_of_exactly_the_limit_can_be_sent_again(string text)
    {
        var external = new ExternalSystem
        {
            Behaviour = (call, _) =>
                call == 1 ? throw new ConnectivityErrorException("unavailable", "503") : Task.CompletedTask,
        };
        await using var service = await SampleService.StartAsync(external, "--Pipeline:BodyLimit=60000");
        // As a peer in another language writes it: no character is escaped that need not be.
        var start =
            """{"taskId":"big","operation":"sample.store","version":1,"replyTo":"test-engine","inputs":{"document":" """;
        var escaped = text.Replace("\"", "\\\"", StringComparison.Ordinal);
        var room = 60_000 - System.Text.Encoding.UTF8.GetByteCount(start) - 3;
        var times = room / System.Text.Encoding.UTF8.GetByteCount(escaped);
        var filled = string.Concat(Enumerable.Repeat(escaped, times));
        var body = System.Text.Encoding.UTF8.GetBytes(
            start + filled + new string(' ', room - System.Text.Encoding.UTF8.GetByteCount(filled)) + "\"}}"
        );
        body.Length.ShouldBe(60_000);
        var failed = await service.SendRawAsync("sample.store.v1", body, "big");
        failed.Error.Code.ShouldBe("unavailable");

        var again = await service.SendAsync(
            failed.Request! with
            {
                Attempt = 2,
                Deadline = service.Clock.GetUtcNow().AddHours(1),
            }
        );

        again.Completed.ShouldNotBeNull(again.Error);
        external.Calls.ShouldBe(2);
    }

    private static Task WithdrawAsync(ServiceHarness service, TaskRequested request, string? replyTo)
    {
        var message = new EventMessages("engine", TimeProvider.System).Of(
            new TaskCancelled(request.TaskId, request.Operation, DateTimeOffset.UnixEpoch)
        );
        return service
            .Services.GetRequiredService<IBus>()
            .PublishAsync(
                message with
                {
                    Properties = message.Properties with { ReplyTo = replyTo },
                },
                CancellationToken.None
            );
    }

    private static TaskRequested Request(string operation, string inputs) =>
        ServiceHarness.Request(operation, new { }) with
        {
            Inputs = Json(inputs),
        };

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonElement.Parse(text);
}
