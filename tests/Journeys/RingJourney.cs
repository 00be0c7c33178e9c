using System.Text.Json;
using Integration.Fixtures.Amqp;

namespace Integration.Journeys.Tests;

/// <summary>Messages whose body is right and whose properties are not, to everybody who takes from a queue.</summary>
public sealed class RingJourney(Broker broker)
{
    public static TheoryData<string> Rings => ["timestamp in milliseconds", "decimal of 200 places", "26,000 lists"];

    [Theory]
    [MemberData(nameof(Rings))]
    public async Task Every_consumer_goes_on_and_what_it_was_sent_ends_where_it_can_be_seen(string kind)
    {
        var host = broker.TakeVirtualHost();
        await using var system = new Deployment(host);
        await system.StartAllAsync();
        var ring = Ring(kind);

        await PublishAsync("integration.tasks", "rest.request.v1", Task("at-service", "rest.request"), ring);
        await PublishAsync("integration.tasks", "nobody.knows.v1", Task("unrouted", "nobody.knows"), ring);
        await PublishAsync("integration.results", "process-core", new { taskId = "at-core" }, ring);
        await PublishAsync("integration.control", "cancel.rest.request", new { taskId = "withdrawn" }, ring);
        await PublishAsync("integration.dead", "odd.v1", new { taskId = "dead" }, ring);
        await PublishAsync("integration.unrouted", "odd.v1", new { taskId = "directly unrouted" }, ring);
        await PublishAsync(
            "integration.tasks",
            "rest.request.v1",
            Task("afterwards", "rest.request"),
            new RawRing().ToArray()
        );

        await Eventually.TrueAsync(
            async () =>
            {
                var failures = await system.Treatment.FailuresAsync();
                string[] tasks = ["at-service", "unrouted", "afterwards"];
                return tasks.All(task => failures.Any(failure => failure.TaskId == task))
                    && failures.Count(failure => failure.Kind == "message") >= 3;
            },
            TimeSpan.FromMinutes(3),
            "the failures are there"
        );
        foreach (var process in system.Processes)
        {
            process.Ended.IsCompleted.ShouldBeFalse(process.Name);
            await process.ReadyAsync();
        }

        async Task PublishAsync(string exchange, string routingKey, object body, byte[] properties)
        {
            await using var publisher = await RawPublisher.ConnectAsync(host);
            await publisher.PublishAsync(exchange, routingKey, properties, JsonSerializer.SerializeToUtf8Bytes(body));
        }
    }

    [Fact]
    public async Task A_service_whose_queue_delivers_nothing_is_not_ready_and_says_which_queue()
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        var rest = await system.StartAsync("Rest");
        using var http = new HttpClient { BaseAddress = rest.Url };
        await using var wire = await Wire.ConnectAsync(system.Broker);

        await Eventually.TrueAsync(() => wire.ReplaceQueueAsync("integration.rest"));

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return !answer.IsSuccessStatusCode
                && (await answer.Content.ReadAsStringAsync()).Contains("\"stalled\":[\"integration.rest\"]");
        });
    }

    private static object Task(string id, string operation) =>
        new
        {
            taskId = id,
            operation,
            version = 1,
            replyTo = "ring",
            inputs = new { url = "no address" },
        };

    private static byte[] Ring(string kind) =>
        kind switch
        {
            "timestamp in milliseconds" => new RawRing().Timestamp(1_800_000_000_000).ToArray(),
            "decimal of 200 places" => RawRing.Undecodable,
            _ => new RawRing().Header("deep", RawRing.Nested(26_000)).ToArray(),
        };
}
