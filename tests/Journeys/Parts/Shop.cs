using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Integration.Journeys.Tests;

/// <summary>
/// The external system: a shop with an order book. It can be out of order, and it can keep its callers waiting. It books
/// an order as soon as it comes, and one with a key that it knows only once.
/// </summary>
public sealed class Shop : IAsyncDisposable
{
    public const string KeyHeader = "Idempotency-Key";

    private readonly ConcurrentQueue<Call> _orders = [];
    private readonly ConcurrentQueue<Call> _calls = [];
    private readonly ConcurrentQueue<Call> _hungUp = [];
    private (TaskCompletionSource Open, string Method)? _queue;
    private int _waiting;
    private HttpTarget _http = null!;

    public string Url => _http.Uri.ToString();

    /// <summary>What it answers with; anything but 200 is out of order.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Every call that came.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    /// <summary>Every order that came, also one that was repeated with its key.</summary>
    public IReadOnlyCollection<Call> Orders => _orders;

    /// <summary>The effects: what stands in the order book.</summary>
    public IEnumerable<string> Booked =>
        _orders
            .Where(order => order.Key is null)
            .Select(order => order.Article)
            .Concat(
                _orders
                    .Where(order => order.Key is not null)
                    .DistinctBy(order => order.Key)
                    .Select(order => order.Article)
            );

    /// <summary>Callers that wait for their answer.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Calls whose caller went while it waited.</summary>
    public IReadOnlyCollection<Call> HungUp => _hungUp;

    public static async Task<Shop> OpenAsync()
    {
        var shop = new Shop();
        shop._http = await HttpTarget.StartAsync(shop.AnswerAsync);
        return shop;
    }

    /// <summary>From now on callers wait.</summary>
    /// <param name="method">Only those who call with it; empty for all.</param>
    public void KeepWaiting(string method = "") =>
        _queue = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), method);

    /// <summary>Whoever waits gets an answer, and so does everybody after.</summary>
    public void AnswerAll()
    {
        var queue = _queue;
        _queue = null;
        queue?.Open.TrySetResult();
    }

    /// <summary>Waits until so many callers wait.</summary>
    public Task UntilWaitingAsync(int callers) => Eventually.TrueAsync(() => Waiting >= callers, Api.Patience);

    public ValueTask DisposeAsync()
    {
        AnswerAll();
        return _http.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var call = CallOf(context.Request);
        _calls.Enqueue(call);
        var status = Status;
        if (status == 200 && HttpMethods.IsPost(context.Request.Method))
            _orders.Enqueue(call);
        await WaitAsync(call, context.RequestAborted);
        context.Response.StatusCode = status;
        object answer =
            status == 200 ? new { price = 7, number = $"A-{call.Article}" } : new { error = "out of order" };
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    private async Task WaitAsync(Call call, CancellationToken hungUp)
    {
        if (_queue is not { } queue || (queue.Method.Length > 0 && queue.Method != call.Method))
            return;
        Interlocked.Increment(ref _waiting);
        try
        {
            await queue.Open.Task.WaitAsync(hungUp);
        }
        catch (OperationCanceledException)
        {
            _hungUp.Enqueue(call);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static Call CallOf(HttpRequest request)
    {
        var key = request.Headers[KeyHeader].ToString();
        return new Call(
            request.Path.Value!.Split('/')[^1],
            request.Method,
            key.Length == 0 ? null : key,
            request.Headers.TraceParent.ToString()
        );
    }
}

/// <summary>A call as the shop sees it.</summary>
public sealed record Call(string Article, string Method, string? Key, string TraceParent);
