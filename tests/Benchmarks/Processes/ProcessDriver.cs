using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Integration.Benchmarks.Tasks;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Benchmarks.Processes;

/// <summary>
/// Starts process instances over the bus and takes note when the result of the fourth task passes by; whether the core
/// has finished them all is asked of the core.
/// </summary>
internal sealed class ProcessDriver : IAsyncDisposable
{
    private const string Queue = "integration.bench-processes";
    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly IChannel _consuming;
    private readonly HttpClient _core;

    private ProcessDriver(IConnection connection, IChannel publishing, IChannel consuming, Uri core)
    {
        _connection = connection;
        _publishing = publishing;
        _consuming = consuming;
        _core = new HttpClient { BaseAddress = core };
    }

    public static async Task<ProcessDriver> StartAsync(Uri broker, Uri core)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var driver = new ProcessDriver(
            connection,
            await Wire.ConfirmingChannelAsync(connection),
            await connection.CreateChannelAsync(),
            core
        );
        await Wire.DeclareAsync(driver._consuming, Queue, Wire.Results, "process-core.#");
        await driver._consuming.BasicQosAsync(0, 256, global: false);
        var consumer = new AsyncEventingBasicConsumer(driver._consuming);
        consumer.ReceivedAsync += driver.TakeResultAsync;
        await driver._consuming.BasicConsumeAsync(Queue, autoAck: false, consumer);

        var bpmn = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Processes", "four-tasks.bpmn"));
        using var content = new StringContent(bpmn, Encoding.UTF8, "application/xml");
        using var answer = await driver._core.PostAsync(new Uri("/definitions", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return driver;
    }

    public async Task<(TimeSpan Elapsed, TimeSpan[] Latencies)> RunAsync(int count, int window)
    {
        var latencies = new TimeSpan[count];
        using var free = new SemaphoreSlim(window);
        var started = Stopwatch.GetTimestamp();
        var all = new Task[count];
        for (var i = 0; i < count; i++)
        {
            await free.WaitAsync();
            all[i] = OneAsync(i, latencies, free);
        }

        await Task.WhenAll(all).WaitAsync(TimeSpan.FromMinutes(5));
        while (await _core.GetStringAsync(new Uri("/instances?state=running&limit=1", UriKind.Relative)) != "[]")
            await Task.Delay(5);
        return (Stopwatch.GetElapsedTime(started), latencies);
    }

    public async ValueTask DisposeAsync()
    {
        _core.Dispose();
        await _publishing.DisposeAsync();
        await _consuming.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task OneAsync(int index, TimeSpan[] latencies, SemaphoreSlim free)
    {
        var key = Guid.CreateVersion7().ToString();
        var instance = new Instance(Stopwatch.GetTimestamp());
        _instances[key] = instance;
        var properties = new BasicProperties
        {
            MessageId = key,
            CorrelationId = key,
            Type = "process.start",
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
        };
        var body = Encoding.UTF8.GetBytes(
            $$$"""
            {"definition":"four-tasks","requestId":"{{{key}}}","businessKey":"{{{key}}}","variables":{"customer":"Ada Lovelace","amount":12500.50,"purpose":"A house with a garden","guarantor":{"name":"Charles Babbage","city":"London"} } }
            """
        );
        await _publishing.BasicPublishAsync(
            "integration.inbound",
            "start.four-tasks",
            mandatory: true,
            properties,
            body
        );
        latencies[index] = await instance.Ended;
        free.Release();
    }

    private async Task TakeResultAsync(object sender, BasicDeliverEventArgs delivery)
    {
        using (var body = JsonDocument.Parse(delivery.Body))
        {
            var process = body.RootElement.GetProperty("process");
            var key = process.GetProperty("businessKey").GetString()!;
            if (process.GetProperty("element").ValueEquals("Task4") && _instances.TryRemove(key, out var instance))
                instance.End();
        }

        await _consuming.BasicAckAsync(delivery.DeliveryTag, multiple: false);
    }

    private sealed class Instance(long started)
    {
        private readonly TaskCompletionSource<TimeSpan> _ended = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task<TimeSpan> Ended => _ended.Task;

        public void End() => _ended.TrySetResult(Stopwatch.GetElapsedTime(started));
    }
}
