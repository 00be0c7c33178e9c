using System.Text;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Integration.Sdk.Tests.Asking.AskingTests;

namespace Integration.Sdk.Tests.Asking;

/// <summary>Answers as services write them that are not made with this SDK.</summary>
public sealed class ForeignAnswerTests
{
    private const int BodyLimit = 5_000;

    [Theory]
    [InlineData(
        EventTypes.TaskCompleted,
        """
            "operation":"stock.reserve","version":1.0,"outputs":{"reservation":"R-9"},"attempt":1.0,"status":2e2,
            "startedAt":"2026-12-31t23:59:60z","completedAt":"2026-12-31t23:59:60z"
            """,
        "R-9"
    )]
    [InlineData(
        EventTypes.TaskRejected,
        """
            "operation":"stock.reserve","version":1.0,"error":{"code":"NO_LAMPS","message":"None."},"attempt":1.0,
            "startedAt":"2026-12-31t23:59:60z","completedAt":"2026-12-31t23:59:60z"
            """,
        "forgiven"
    )]
    [InlineData(
        EventTypes.TaskFailed,
        """
            "error":{"category":"access","code":"denied","message":"No.","status":403.0},"attempt":1.0,
            "occurredAt":"2026-12-31t23:59:60z"
            """,
        "forgiven"
    )]
    public async Task An_answer_that_is_taken_can_be_read_in_every_run(string type, string fields, string reservation)
    {
        await using var service = await AskingService.StartAsync();
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var answer = await BeginAsync(
            service,
            "sample.order",
            new
            {
                article = "lamp",
                withoutPayment = true,
                forgives = true,
            }
        );
        await Eventually.TrueAsync(() => service.Asked.Count == 1);
        var asked = service.Asked.Single();

        var body =
            $$"""{"taskId":"{{asked.TaskId}}","replyTo":"{{asked.ReplyTo}}","service":{"name":"foreign"},{{fields}}}""";
        await TellAsync(service, asked, type, Encoding.UTF8.GetBytes(body));

        (await answer).Outputs<PlaceOrder.Output>().Reservation.ShouldBe(reservation);
    }

    [Fact]
    public async Task The_replay_of_an_answer_of_exactly_the_limit_is_taken()
    {
        var taken = 0;
        var questions = new FreeQuestions
        {
            Ask = async (task, _, stop) =>
                taken = (
                    await task.AskAsync<PlaceOrder.Reserved>("reserve", "stock.reserve", 1, new { article = "a" }, stop)
                )
                    .Reservation
                    .Length,
        };
        await using var service = await AskingService.StartAsync(
            questions: questions,
            args: $"--Pipeline:BodyLimit={BodyLimit}"
        );
        await service.PlayAsync("stock.reserve", _ => InnerAnswer.Nothing);
        var answer = await BeginAsync(service, "sample.free", new { });
        await Eventually.TrueAsync(() => service.Asked.Count == 1);
        var asked = service.Asked.Single();
        var length = BodyLimit - Reserved(asked, "").Body.Length;
        var first = Reserved(asked, new string('x', length));
        first.Body.Length.ShouldBe(BodyLimit);

        var replay = JsonSerializer.Deserialize(first.Body.Span, ContractJson.Default.TaskCompleted)! with
        {
            Replayed = true,
            Attempt = Limits.Attempt,
        };
        var message = Messages.Of(replay);
        message.Body.Length.ShouldBeGreaterThan(BodyLimit);
        await TellAsync(service, asked, EventTypes.TaskCompleted, message.Body);

        (await answer).Completed.ShouldNotBeNull();
        taken.ShouldBe(length);
    }

    private static EventMessages Messages { get; } = new("foreign", TimeProvider.System);

    private static OutgoingMessage Reserved(TaskRequested asked, string reservation) =>
        Messages.Of(
            new TaskCompleted(
                asked.TaskId,
                asked.Operation,
                asked.Version,
                asked.ReplyTo,
                JsonSerializer.SerializeToElement(new { reservation }),
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch,
                new ServiceReference("foreign")
            )
        );

    private static Task TellAsync(
        ServiceHarness service,
        TaskRequested asked,
        string type,
        ReadOnlyMemory<byte> body
    ) =>
        service
            .Services.GetRequiredService<IBus>()
            .PublishAsync(
                new OutgoingMessage(
                    Exchanges.Results,
                    RoutingKeys.Engine(asked.ReplyTo),
                    new MessageProperties
                    {
                        MessageId = Guid.CreateVersion7().ToString(),
                        Type = type,
                        CorrelationId = asked.TaskId,
                        ReplyTo = asked.ReplyTo,
                    },
                    body
                ),
                CancellationToken.None
            );
}
