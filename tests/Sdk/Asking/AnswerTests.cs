using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Integration.Sdk.Tests.Asking.AskingTests;

namespace Integration.Sdk.Tests.Asking;

/// <summary>What an answer other than "completed" means for the task that asked.</summary>
public sealed class AnswerTests
{
    private static readonly ErrorInfo _doubt = new(
        ErrorCategory.InDoubt,
        ErrorCodes.OutcomeUnknown,
        "Nobody knows.",
        Target: "bank.example:443"
    );

    [Fact]
    public async Task A_business_error_that_the_outer_operation_declares_is_told_to_the_process()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Rejected("SOLD_OUT", "No lamps.", new { left = 0 }));

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        answer.Rejected!.Error.Code.ShouldBe("SOLD_OUT");
        answer.Rejected.Error.Data!.Value.GetProperty("left").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_business_error_that_the_outer_operation_does_not_declare_is_for_an_operator()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Rejected("UNKNOWN_HERE"));

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        answer.Errored!.Error.Category.ShouldBe(ErrorCategory.Data);
        answer.Errored.Error.Code.ShouldBe("inner-task-rejected");
        answer.Errored.Error.Retryable.ShouldBe(false);
        answer.Errored.Error.Message.ShouldContain("UNKNOWN_HERE");
        answer.Errored.Error.Message.ShouldContain("'reserve'");
    }

    [Fact]
    public async Task A_task_that_was_asked_for_and_given_up_is_given_up_outside_too_with_its_error()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("bill.pay", _ => InnerAnswer.Failed(_doubt));

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        answer.Failed!.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        answer.Failed.Error.Code.ShouldBe(ErrorCodes.OutcomeUnknown);
        answer.Failed.Error.Target.ShouldBe("bank.example:443");
        answer.Failed.Error.Message.ShouldContain("'pay'");
        answer.Failed.FailureId.ShouldNotBeNull();
        answer.Failed.Operation.ShouldBe("sample.order");
    }

    [Theory]
    [InlineData(true, "pay")]
    [InlineData(false, "NO_FUNDS")]
    public async Task An_operation_may_catch_what_became_of_a_task_and_go_on(bool failed, string receipt)
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync(
            "bill.pay",
            _ => failed ? InnerAnswer.Failed(_doubt) : InnerAnswer.Rejected("NO_FUNDS")
        );

        var answer = await service.RunAsync("sample.order", new { article = "lamp", forgives = true });

        answer.Outputs<PlaceOrder.Output>().Receipt.ShouldBe(receipt);
    }

    [Fact]
    public async Task A_task_that_waits_for_an_operator_makes_the_outer_one_an_incident_of_the_same_failure()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Incident(_doubt));
        var process = new ProcessReference("42", "orders", "Order", "CR-17");

        var request = ServiceHarness.Request("sample.order", new { article = "lamp" }) with { Process = process };
        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Incidents.Count == 1);

        var incident = service.Incidents.Single();
        incident.TaskId.ShouldBe(request.TaskId);
        incident.ReplyTo.ShouldBe(request.ReplyTo);
        incident.Operation.ShouldBe("sample.order");
        incident.Process.ShouldBe(process);
        incident.Error.Category.ShouldBe(ErrorCategory.InDoubt);
        incident.Error.Message.ShouldContain("'reserve'");
        incident.FailureId.ShouldNotBeNull();

        // Repaired, it goes on.
        var asked = service.Asked.Single();
        await service.TellAsync(asked with { Attempt = 2 }, AskingService.Reserve(asked));
        (await answer).Completed.ShouldNotBeNull();
        service.Incidents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_incident_goes_up_through_every_task_that_waits()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Incident(_doubt));
        var request = ServiceHarness.Request("sample.journey", new { article = "lamp" });

        await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Incidents.Count == 1);

        service.Incidents.Single().TaskId.ShouldBe(request.TaskId);
        service.Incidents.Single().Error.Category.ShouldBe(ErrorCategory.InDoubt);
    }

    [Theory]
    [InlineData("bill.pay", 1, "test-service")]
    [InlineData("stock.reserve", 77, "test-service")]
    [InlineData("stock.reserve", 1, "other-engine")]
    public async Task A_result_of_something_else_completes_nothing_and_is_seen(
        string operation,
        int version,
        string replyTo
    )
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var answer = await BeginAsync(service, "sample.order", new { article = "lamp" });
        await Eventually.TrueAsync(() => service.Asked.Count == 1);
        var asked = service.Asked.Single();

        var refused = await TellWronglyAsync(service, asked, operation, version, replyTo);
        await service.TellAsync(asked, InnerAnswer.Completed(new { reservation = "right" }));

        refused.Error.Code.ShouldBe("result-mismatch");
        (await answer).Outputs<PlaceOrder.Output>().Reservation.ShouldBe("right");
    }

    [Fact]
    public async Task An_event_that_is_no_result_is_seen()
    {
        await using var service = await AskingService.StartAsync();

        var refused = await ErrorAfterAsync(
            service,
            bus =>
                bus.PublishAsync(
                    new OutgoingMessage(
                        Exchanges.Results,
                        "test-service",
                        new MessageProperties { MessageId = "m-1", Type = "task.finished" },
                        "{}"u8.ToArray()
                    ),
                    CancellationToken.None
                )
        );

        refused.Error.Message.ShouldContain("'task.finished'");
        refused.Source!.MessageId.ShouldBe("m-1");
    }

    private static Task<TaskErrored> TellWronglyAsync(
        ServiceHarness service,
        TaskRequested asked,
        string operation,
        int version,
        string replyTo
    ) =>
        ErrorAfterAsync(
            service,
            bus =>
            {
                var now = DateTimeOffset.UtcNow;
                var message = new EventMessages("somebody", TimeProvider.System).Of(
                    new TaskCompleted(
                        asked.TaskId,
                        operation,
                        version,
                        replyTo,
                        JsonSerializer.SerializeToElement(new { reservation = "wrong" }),
                        now,
                        now,
                        new ServiceReference("somebody")
                    )
                );
                return bus.PublishAsync(message with { RoutingKey = asked.ReplyTo }, CancellationToken.None);
            }
        );

    private static async Task<TaskErrored> ErrorAfterAsync(ServiceHarness service, Func<IBus, Task> publish)
    {
        var bus = service.Services.GetRequiredService<IBus>();
        var error = new TaskCompletionSource<TaskErrored>(TaskCreationOptions.RunContinuationsAsynchronously);
        await bus.SubscribeAsync(
            new Pipe("integration.watching", [new Binding(Exchanges.Errors, "#")]),
            (delivery, _) =>
            {
                error.TrySetResult(JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.TaskErrored)!);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );
        await publish(bus);
        return await error.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_an_error_of_the_task_that_asked()
    {
        await using var service = await AskingService.StartAsync(args: "--Pipeline:BodyLimit=5000");
        await service.PlayAsync(
            "stock.reserve",
            _ => InnerAnswer.Completed(new { reservation = new string('x', 5000 + Limits.Retry) })
        );

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        answer.Errored!.Error.Category.ShouldBe(ErrorCategory.Volumetric);
        answer.Errored.Error.Message.ShouldContain("'reserve'");
    }

    [Fact]
    public async Task Outputs_that_do_not_fit_are_an_error_that_names_the_step()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Completed(new { reservation = 17 }));

        var answer = await service.RunAsync("sample.order", new { article = "lamp" });

        answer.Errored!.Error.Code.ShouldBe("unexpected-answer");
        answer.Errored.Error.Message.ShouldContain("'reserve'");
    }

    [Fact]
    public async Task A_retry_after_an_error_of_the_operation_itself_goes_on_behind_the_answers()
    {
        var external = new ExternalSystem();
        await using var service = await AskingService.StartAsync(external);
        external.Behaviour = (call, _) =>
            call == 2 ? throw new ConnectivityErrorException("reset", "Lost.") : Task.CompletedTask;

        var failed = await service.RunAsync("sample.order", new { article = "lamp", withoutPayment = true });
        var retried = await service.RetryAsync(failed);

        failed.Errored!.Error.Code.ShouldBe("reset");
        retried.Outputs<PlaceOrder.Output>().Reservation.ShouldBe("R-lamp");
        service.Asked.Count.ShouldBe(1);
        external.Effects.ShouldBe(1);
    }
}
