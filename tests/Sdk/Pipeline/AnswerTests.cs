using Integration.Contracts;
using Integration.Errors;
using Integration.Testing;

namespace Integration.Sdk.Tests.Pipeline;

public sealed class AnswerTests
{
    [Fact]
    public async Task A_task_is_completed_with_the_outputs_and_the_facts_of_its_execution()
    {
        await using var service = await SampleService.StartAsync();

        var answer = await service.RunAsync(
            "sample.greet",
            new { name = "Ada" },
            request =>
                request with
                {
                    Process = new ProcessReference("i-1", "letters", "Greet", "K-1"),
                    Tenant = "north",
                }
        );

        answer.Outputs<Greet.Output>().Text.ShouldBe("Hello, Ada!");
        var completed = answer.Completed!;
        completed.Status.ShouldBe(200);
        completed.Replayed.ShouldBeFalse();
        completed.Service.Name.ShouldBe("test-service");
        completed.StartedAt.ShouldBe(service.Clock.GetUtcNow());
        completed.Process.ShouldBe(new ProcessReference("i-1", "letters", "Greet", "K-1"));
        completed.Tenant.ShouldBe("north");
    }

    [Fact]
    public async Task A_redelivered_task_is_answered_from_the_journal()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.store", new { document = "a" });

        var second = await service.RedeliverAsync(first);

        external.Calls.ShouldBe(1);
        second.Completed!.Replayed.ShouldBeTrue();
        second.Outputs<Store.Output>().ShouldBe(first.Outputs<Store.Output>());
        second.Completed.CompletedAt.ShouldBe(first.Completed!.CompletedAt);
    }

    [Fact]
    public async Task The_journal_outlives_the_service()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.pay", new { amount = 12.5 });
        await service.RestartAsync();

        var second = await service.RedeliverAsync(first);

        service.Starts.ShouldBe(2);
        external.Effects.ShouldBe(1);
        second.Completed!.Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_retry_of_a_completed_task_is_answered_as_that_attempt_and_not_executed()
    {
        var external = new ExternalSystem();
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.pay", new { amount = 1 });

        var second = await service.RetryAsync(first);

        external.Effects.ShouldBe(1);
        second.Completed!.Attempt.ShouldBe(2);
        second.Completed.Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_business_error_is_a_rejection_and_stays_one()
    {
        var external = new ExternalSystem
        {
            Behaviour = (_, _) => throw new BusinessErrorException("NO_FUNDS", "The account is empty."),
        };
        await using var service = await SampleService.StartAsync(external);

        var first = await service.RunAsync("sample.pay", new { amount = 1 });
        var second = await service.RedeliverAsync(first);

        first.Rejected!.Error.ShouldBe(new BusinessError("NO_FUNDS", "The account is empty."));
        second.Rejected!.Replayed.ShouldBeTrue();
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_technical_failure_carries_the_whole_request_and_is_told_again_for_the_same_attempt()
    {
        var external = new ExternalSystem
        {
            Behaviour = (_, _) =>
                throw new ConnectivityErrorException("unavailable", "The archive answers 503.")
                {
                    Status = 503,
                    RetryAfter = TimeSpan.FromSeconds(7),
                    Target = "archive:443",
                },
        };
        await using var service = await SampleService.StartAsync(external);

        var first = await service.RunAsync("sample.store", new { document = "a" });
        var again = await service.RedeliverAsync(first);

        var error = first.Errored!.Error;
        error.ShouldBe(
            new ErrorInfo(
                ErrorCategory.Connectivity,
                "unavailable",
                "The archive answers 503.",
                503,
                Retryable: true,
                RetryAfter: 7,
                "archive:443"
            )
        );
        first.Errored.Request!.Inputs.GetProperty("document").GetString().ShouldBe("a");
        again.Errored!.Error.ShouldBe(error);
        external.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_attempt_after_a_failure_is_executed_with_the_same_idempotency_key()
    {
        var external = new ExternalSystem
        {
            // The effect happens, its answer is lost: the worst kind of failure.
            Behaviour = (call, _) => call == 1 ? throw new TimeoutException("No answer.") : Task.CompletedTask,
        };
        await using var service = await SampleService.StartAsync(external);
        var first = await service.RunAsync("sample.store", new { document = "a" });

        var second = await service.RetryAsync(first);

        first.Errored!.Error.Code.ShouldBe("timeout");
        second.Completed!.Attempt.ShouldBe(2);
        external.Calls.ShouldBe(2);
        external.Effects.ShouldBe(1);
    }

    [Fact]
    public async Task An_outcome_over_the_limit_is_an_error_that_names_the_setting()
    {
        await using var service = await SampleService.StartAsync();

        var answer = await service.RunAsync("sample.big", new { size = Limits.Body });

        answer.Errored!.Error.Category.ShouldBe(ErrorCategory.Volumetric);
        answer.Errored.Error.Message.ShouldContain("Pipeline__BodyLimit");
    }

    [Fact]
    public async Task A_task_that_comes_twice_at_once_is_executed_once()
    {
        var release = new TaskCompletionSource();
        var external = new ExternalSystem { Behaviour = (_, _) => release.Task };
        await using var service = await SampleService.StartAsync(external);
        var request = ServiceHarness.Request("sample.pay", new { amount = 1 });

        Task<TaskAnswer>? first = null;
        Task<TaskAnswer>? second = null;
        await service.BeginAsync(request, answer => first = answer);
        await external.Reached.Task;
        await service.BeginAsync(request, answer => second = answer);
        release.SetResult();

        (await first!).Completed!.Replayed.ShouldBeFalse();
        (await second!).Completed!.Replayed.ShouldBeTrue();
        external.Effects.ShouldBe(1);
    }
}
