using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

public abstract partial class RabbitMqContract
{
    /// <summary>A queue that holds one message: the broker refuses the next one with a negative confirm.</summary>
    private static async Task<string> DeclareFullAsync(RawClient raw)
    {
        await raw.Channel.QueueDeclareAsync(
            "full",
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" }
        );
        await raw.Channel.QueueBindAsync("full", Exchanges.Tasks, "full");
        return "full";
    }

    [Fact]
    public async Task A_publish_that_the_broker_refuses_is_repeated_until_it_takes_it()
    {
        await using var raw = await ConnectAsync();
        var queue = await DeclareFullAsync(raw);
        await PublishAsync(Messages.Task("full", "first"));
        var others = await ReceiveAsync(TaskPipe("integration.a", "other"));

        var second = PublishAsync(Messages.Task("full", "second"));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PublishAsync(Messages.Task("other"))));
        await others.WaitForAsync(100);
        second.IsCompleted.ShouldBeFalse();
        await raw.TakeAsync(queue);
        await second;

        var taken = await Eventually.GetAsync(() => raw.TakeAsync(queue));
        taken.Body.ToArray().ShouldBe("second"u8.ToArray());
    }

    [Fact]
    public async Task Who_gives_up_a_publish_that_the_broker_refuses_gets_an_exception()
    {
        await using var raw = await ConnectAsync();
        await DeclareFullAsync(raw);
        await PublishAsync(Messages.Task("full", "first"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Bus.PublishAsync(Messages.Task("full", "second"), patience.Token)
        );
    }
}
