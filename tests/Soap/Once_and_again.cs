using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Soap.Tests;

public sealed class Once_and_again(SoapFixture soap)
{
    [Fact]
    public async Task A_call_whose_answer_is_lost_is_in_doubt_and_not_repeated()
    {
        await using var target = Losing();
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        var error = await service.ErrorAsync();
        error.Category.ShouldBe(ErrorCategory.InDoubt);
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Reads=GetStatus")]
    [InlineData("Reads=PlaceOrder, GetStatus")]
    [InlineData("Idempotent=*")]
    public async Task An_operation_that_the_settings_permit_it_for_is_repeated(string setting)
    {
        await using var target = Losing();
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, setting);
        var error = await service.ErrorAsync();
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Retryable.ShouldBeTrue();
        target.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_operation_that_the_settings_do_not_name_is_not_repeated()
    {
        await using var target = Losing();
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, "Reads=PlaceOrder");
        (await service.ErrorAsync()).Category.ShouldBe(ErrorCategory.InDoubt);
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_an_idempotency_header_it_is_repeated_with_the_task_id()
    {
        await using var target = Losing();
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        var answer = await service.CallAsync(idempotencyHeader: "Idempotency-Key");
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.Connectivity);
        target.Requests.Count.ShouldBe(3);
        target.Requests.ShouldAllBe(request => request.Contains($"Idempotency-Key: {answer.Request.TaskId}"));
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_as_nothing_was_sent()
    {
        await using var service = await TargetedService.StartAsync(
            soap.Servers,
            new Uri($"http://127.0.0.1:{FreePort.Next()}/")
        );
        var error = await service.ErrorAsync();
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_redelivered_task_is_answered_from_the_journal()
    {
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status("shipped"))
        );
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        var first = await service.CallAsync();
        var second = await service.Service.RedeliverAsync(first);
        second.Completed.ShouldNotBeNull().Replayed.ShouldBeTrue();
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_task_that_the_service_died_with_after_the_call_is_in_doubt()
    {
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status("shipped"))
        );
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        service.Service.CrashAt(PipelineStep.Executed);
        var answer = await service.CallAsync();
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.InDoubt);
        target.Requests.Count.ShouldBe(1);
    }

    private static TcpTarget Losing() =>
        TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
}
