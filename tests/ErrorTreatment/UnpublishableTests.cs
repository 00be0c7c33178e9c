using System.Text;
using Integration.Bus;
using Integration.Contracts;

namespace Integration.ErrorTreatment.Tests;

public sealed class UnpublishableTests : IAsyncLifetime
{
    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync() => _treatment = await RunningTreatment.StartAsync();

    public ValueTask DisposeAsync() => _treatment.DisposeAsync();

    [Theory]
    [InlineData("operation")]
    [InlineData("replyTo")]
    [InlineData("taskId")]
    public async Task A_task_with_a_name_that_no_routing_key_can_hold_is_no_task(string property)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["taskId"] = "t",
            ["operation"] = "o",
            ["version"] = 1,
            ["replyTo"] = "engine",
            ["inputs"] = new { },
            [property] = new string('ä', 150),
        };
        var message = new OutgoingMessage(
            Exchanges.Tasks,
            "o.v1",
            new MessageProperties { MessageId = "long-name" },
            Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(body))
        );

        await _treatment.Bus.DeliverAsync("integration.unrouted", message);

        var error = (await _treatment.FindAsync("long-name"))!.Value.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("malformed-message");
        error.GetProperty("message").GetString()!.ShouldContain($"{property} is longer than");
    }

    [Fact]
    public async Task A_message_that_the_bus_refuses_for_ever_does_not_hold_up_others()
    {
        _treatment.Bus.OnPublish = (message, _) =>
            message.Properties.CorrelationId == "impossible"
                ? throw new ArgumentException("The routing key is too long.")
                : Task.CompletedTask;

        await _treatment.ParkAsync("impossible");
        await _treatment.ParkAsync("possible");

        await Fixtures.Eventually.TrueAsync(() => _treatment.Bus.Published.Count == 1);
        _treatment.Bus.Published[0].Properties.CorrelationId.ShouldBe("possible");
    }
}
