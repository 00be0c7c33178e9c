using System.Collections.Concurrent;
using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Hosting;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests.Catalogue;

/// <summary>What a service says of itself, and when.</summary>
public sealed class PresenceTests
{
    private readonly ConcurrentQueue<ServiceAnnounced> _announced = new();
    private readonly ConcurrentQueue<ServiceHeartbeat> _heartbeats = new();

    private async Task<(ServiceHarness Service, IBus Bus)> StartAsync()
    {
        var service = await ServiceHarness.StartAsync(builder =>
            builder.AddOperation<Everything>().AddOperation<Greet>()
        );
        var bus = service.Services.GetRequiredService<IBus>();
        await bus.SubscribeAsync(
            new Pipe(
                "integration.watcher",
                [new Binding(Exchanges.Control, "announce.#"), new Binding(Exchanges.Control, "heartbeat.#")]
            ),
            (delivery, _) =>
            {
                if (delivery.TryRead(ContractJson.Default.ServiceAnnounced, Limits.Body, out var announced, out var _))
                    _announced.Enqueue(announced);
                else if (
                    delivery.TryRead(ContractJson.Default.ServiceHeartbeat, Limits.Body, out var heartbeat, out var _)
                )
                    _heartbeats.Enqueue(heartbeat);
                return Task.FromResult(Settlement.Acknowledge);
            },
            CancellationToken.None
        );
        return (service, bus);
    }

    private static Task AskAsync(IBus bus, string body, string key = "describe.tests") =>
        bus.PublishAsync(
            new OutgoingMessage(Exchanges.Control, key, new MessageProperties(), Encoding.UTF8.GetBytes(body)),
            CancellationToken.None
        );

    private static string Question(string service, string? instance = null) =>
        $$"""{"service":"{{service}}","occurredAt":"2026-12-01T08:00:00Z"{{(
            instance is null ? "" : $",\"instance\":\"{instance}\""
        )}}}""";

    [Fact]
    public async Task Who_asks_gets_the_whole_contracts_with_their_hash_and_heartbeats_repeat_it()
    {
        var (service, bus) = await StartAsync();
        await using var _ = service;
        var name = service.Services.GetRequiredService<ServiceDescription>().Name;

        await AskAsync(bus, Question(name), $"describe.{name}");
        await Eventually.TrueAsync(() => !_announced.IsEmpty);

        _announced.TryPeek(out var announced).ShouldBeTrue();
        announced!.Contracts!.Select(contract => contract.Name).ShouldBe(["sample.everything", "sample.greet"]);
        announced.ContractHash!.Length.ShouldBe(64);
        announced.Operations.Count.ShouldBe(2);
        await Eventually.TrueAsync(() =>
        {
            service.Clock.Advance(TimeSpan.FromSeconds(30));
            return !_heartbeats.IsEmpty;
        });
        _heartbeats.First().ContractHash.ShouldBe(announced.ContractHash);
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_answered_together()
    {
        var (service, bus) = await StartAsync();
        await using var _ = service;
        var name = service.Services.GetRequiredService<ServiceDescription>().Name;
        var instance = service.Services.GetRequiredService<ServiceDescription>().Instance;

        for (var number = 0; number < 20; number++)
            await AskAsync(bus, Question(name, instance), $"describe.{name}");
        await Eventually.TrueAsync(() => !_announced.IsEmpty);
        // All twenty are heard before the pause of the first answer ends: the clock stands still.
        await service.RunAsync("sample.greet", new { name = "Ada" });
        await Eventually.TrueAsync(() =>
        {
            service.Clock.Advance(TimeSpan.FromSeconds(5));
            return _heartbeats.Count >= 2;
        });

        _announced.Count.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Another_process_that_is_asked_and_a_question_that_cannot_be_read_are_no_concern()
    {
        var (service, bus) = await StartAsync();
        await using var _ = service;
        var name = service.Services.GetRequiredService<ServiceDescription>().Name;

        // The announcement at the start comes before every heartbeat; whether the watcher was there to hear it is chance.
        await BeatAsync(service);
        var before = _announced.Count;

        await AskAsync(bus, Question(name), $"describe.{name}");
        await Eventually.TrueAsync(() => _announced.Count == before + 1);
        await AskAsync(bus, Question(name, "another"), $"describe.{name}");
        await AskAsync(bus, Question("another"), $"describe.{name}");
        await AskAsync(bus, "{", $"describe.{name}");
        await service.RunAsync("sample.greet", new { name = "Ada" });
        // Longer than the pause after an answer.
        await BeatAsync(service);
        await BeatAsync(service);

        _announced.Count.ShouldBe(before + 1);
    }

    private Task BeatAsync(ServiceHarness service)
    {
        var before = _heartbeats.Count;
        return Eventually.TrueAsync(() =>
        {
            service.Clock.Advance(TimeSpan.FromSeconds(5));
            return _heartbeats.Count > before;
        });
    }

    [Fact]
    public async Task Equal_operations_have_equal_hashes_and_others_do_not()
    {
        var hash = await HashAsync(builder => builder.AddOperation<Greet>().AddOperation<Everything>());

        (await HashAsync(builder => builder.AddOperation<Everything>().AddOperation<Greet>())).ShouldBe(hash);
        (await HashAsync(builder => builder.AddOperation<Greet>())).ShouldNotBe(hash);
    }

    private static async Task<string> HashAsync(
        Func<
            Microsoft.AspNetCore.Builder.WebApplicationBuilder,
            Microsoft.AspNetCore.Builder.WebApplicationBuilder
        > configure
    )
    {
        await using var service = await ServiceHarness.StartAsync(builder => configure(builder));
        return service.Services.GetRequiredService<OperationContracts>().Hash!;
    }
}
