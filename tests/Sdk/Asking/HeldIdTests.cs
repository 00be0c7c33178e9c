using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Integration.Sdk.Tests.Asking.AskingTests;

namespace Integration.Sdk.Tests.Asking;

/// <summary>A task that waits holds its id, although the journal does not have it yet.</summary>
public sealed class HeldIdTests
{
    [Theory]
    [InlineData("sample.order", """{"article":"chair"}""")]
    [InlineData("sample.order", """{"no-such-input":1}""")]
    [InlineData("sample.compare", """{"articles":["chair"]}""")]
    [InlineData("sample.free", """{"once":true}""")]
    [InlineData("sample.greet", """{"name":"Ada"}""")]
    [InlineData("sample.greet", """{"no-such-input":1}""")]
    public async Task Whatever_comes_under_the_id_of_a_task_that_waits_is_refused_and_the_task_goes_on(
        string operation,
        string inputs
    )
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp" });
        var first = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 1);

        var second = await BeginAsync(
            service,
            request with
            {
                Operation = operation,
                Inputs = JsonSerializer.Deserialize<JsonElement>(inputs),
            }
        );

        // Answers come in the order in which they are told: the refusal is the first.
        var refused = (await first).Errored!.Error;
        refused.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        refused.Message.ShouldContain("Nothing was executed");
        service.Asked.Count.ShouldBe(1);
        await service.TellAsync(service.Asked.Single(), InnerAnswer.Completed(new { reservation = "R-1" }));
        (await second).Outputs<PlaceOrder.Output>().Reservation.ShouldBe("R-1");
        await Eventually.TrueAsync(async () => await CountAsync(service, request) == 0);
    }

    [Fact]
    public async Task A_later_attempt_that_is_another_task_replaces_one_that_waits_and_withdraws_what_it_asked()
    {
        var external = new ExternalSystem
        {
            Behaviour = (call, _) =>
                call == 1 ? throw new ConnectivityErrorException("reset", "Lost.") : Task.CompletedTask,
        };
        await using var service = await AskingService.StartAsync(external);
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.order", new { article = "lamp" });
        (await service.SendAsync(request)).Errored!.Error.Code.ShouldBe("reset");
        var answer = await BeginAsync(service, request with { Attempt = 2 });
        await Eventually.TrueAsync(() => service.Asked.Count == 1);

        await BeginAsync(
            service,
            request with
            {
                Attempt = 3,
                Operation = "sample.greet",
                Inputs = JsonSerializer.SerializeToElement(new { name = "Ada" }),
            }
        );

        (await answer).Outputs<Greet.Output>().Text.ShouldContain("Ada");
        await Eventually.TrueAsync(() => service.Withdrawn.Any(one => one.TaskId == service.Asked.Single().TaskId));
        await Eventually.TrueAsync(async () => await CountAsync(service, request) == 0);
    }

    [Fact]
    public async Task A_task_that_waits_ends_when_another_replica_has_executed_another_one_under_its_id()
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var request = ServiceHarness.Request("sample.compare", new { articles = new[] { "a", "b" } });
        var answer = await BeginAsync(service, request);
        await Eventually.TrueAsync(() => service.Asked.Count == 2);
        // Both replicas looked before the other one had written.
        var other = request with
        {
            Operation = "sample.greet",
        };
        var outcome = JsonSerializer.SerializeToUtf8Bytes(
            new TaskCompleted(
                other.TaskId,
                other.Operation,
                other.Version,
                other.ReplyTo,
                other.Inputs,
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch,
                new ServiceReference("test-service")
            ),
            ContractJson.Default.TaskCompleted
        );
        await service
            .Services.GetRequiredService<Sdk.Journal>()
            .WriteOutcomeAsync(
                new JournalTask(other, Fingerprint.Of(other)),
                JournalState.Completed,
                outcome,
                CancellationToken.None
            );

        await service.TellAsync(service.Asked.First(), AskingService.Reserve(service.Asked.First()));

        var refused = (await answer).Errored!.Error;
        refused.Code.ShouldBe(ErrorCodes.TaskIdInUse);
        refused.Message.ShouldNotContain("Nothing was executed");
        await Eventually.TrueAsync(() => service.Withdrawn.Any(one => one.TaskId == service.Asked.Last().TaskId));
        await Eventually.TrueAsync(async () => await CountAsync(service, request) == 0);
    }

    private static async Task<int> CountAsync(ServiceHarness service, TaskRequested request) =>
        (
            await service
                .Services.GetRequiredService<AskedTasks>()
                .WaitingAsync(request.ReplyTo, request.TaskId, CancellationToken.None)
        ).Count;
}
