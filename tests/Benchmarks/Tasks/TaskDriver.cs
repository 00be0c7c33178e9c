using System.Collections.Concurrent;
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Benchmarks.Tasks;

/// <summary>
/// The engine's side, the same for every contender and on the plain client: publishes tasks, confirmed and pipelined,
/// and takes their results.
/// </summary>
internal sealed class TaskDriver : IAsyncDisposable
{
    private const string Queue = "integration.bench-driver";
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly IChannel _consuming;

    private TaskDriver(IConnection connection, IChannel publishing, IChannel consuming)
    {
        _connection = connection;
        _publishing = publishing;
        _consuming = consuming;
    }

    public static async Task<TaskDriver> StartAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var driver = new TaskDriver(
            connection,
            await Wire.ConfirmingChannelAsync(connection),
            await connection.CreateChannelAsync()
        );
        await Wire.DeclareAsync(driver._consuming, Queue, Wire.Results, $"{Wire.ReplyTo}.#");
        await driver._consuming.BasicQosAsync(0, 256, global: false);
        var consumer = new AsyncEventingBasicConsumer(driver._consuming);
        consumer.ReceivedAsync += driver.TakeResultAsync;
        await driver._consuming.BasicConsumeAsync(Queue, autoAck: false, consumer);
        return driver;
    }

    /// <summary>Runs <paramref name="count"/> tasks with at most <paramref name="window"/> without result at any time.</summary>
    /// <remarks>With more than one step, each of them is so many tasks, one after the other.</remarks>
    /// <returns>Wall time, and the latency of each task from its publish to its result.</returns>
    public async Task<(TimeSpan Elapsed, TimeSpan[] Latencies)> RunAsync(
        string operation,
        int count,
        int window,
        int steps = 1
    )
    {
        var latencies = new TimeSpan[count];
        using var free = new SemaphoreSlim(window);
        var started = Stopwatch.GetTimestamp();
        var tasks = new Task[count];
        for (var i = 0; i < count; i++)
        {
            await free.WaitAsync();
            tasks[i] = ChainAsync(operation, i, latencies, free, steps);
        }

        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromMinutes(3));
        return (Stopwatch.GetElapsedTime(started), latencies);
    }

    public async ValueTask DisposeAsync()
    {
        await _publishing.DisposeAsync();
        await _consuming.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ChainAsync(string operation, int index, TimeSpan[] latencies, SemaphoreSlim free, int steps)
    {
        for (var step = 0; step < steps; step++)
            latencies[index] += await OneAsync(operation);
        free.Release();
    }

    private async Task<TimeSpan> OneAsync(string operation)
    {
        var taskId = Guid.CreateVersion7().ToString();
        var flight = new Flight(Stopwatch.GetTimestamp());
        _flights[taskId] = flight;
        var properties = new BasicProperties
        {
            MessageId = Guid.CreateVersion7().ToString(),
            CorrelationId = taskId,
            Type = "task.requested",
            ReplyTo = Wire.ReplyTo,
            AppId = Wire.ReplyTo,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
        };
        await _publishing.BasicPublishAsync(
            Wire.Tasks,
            $"{operation}.v1",
            mandatory: true,
            properties,
            Wire.Task(taskId, operation)
        );
        return await flight.Landed;
    }

    private async Task TakeResultAsync(object sender, BasicDeliverEventArgs delivery)
    {
        if (_flights.TryRemove(delivery.BasicProperties.CorrelationId ?? "", out var flight))
            flight.Land();
        await _consuming.BasicAckAsync(delivery.DeliveryTag, multiple: false);
    }

    private sealed class Flight(long started)
    {
        private readonly TaskCompletionSource<TimeSpan> _landed = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task<TimeSpan> Landed => _landed.Task;

        public void Land() => _landed.TrySetResult(Stopwatch.GetElapsedTime(started));
    }
}
