using Integration.Sdk;
using Polly;
using Polly.Retry;

namespace Integration.Http;

/// <summary>
/// Calls a target, and repeats the call where that is safe: a few quick repetitions for what passes by itself. What lasts
/// longer is left to error treatment, whose retries survive a restart.
/// </summary>
public sealed class HttpCaller
{
    private static readonly ResiliencePropertyKey<CallProgress> _progress = new("integration.call");

    private readonly HttpTransport _transport;
    private readonly Authenticators _authenticators;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ResiliencePipeline _retries;

    /// <summary>One for all calls of a service.</summary>
    /// <param name="transport">The connections.</param>
    /// <param name="authenticators">How calls prove who they come from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">From 0 to 1, for the length of pauses.</param>
    public HttpCaller(HttpTransport transport, Authenticators authenticators, TimeProvider time, Func<double> random)
    {
        _transport = transport;
        _authenticators = authenticators;
        _time = time;
        _random = random;
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    // The call's own number decides, in MayRepeat.
                    MaxRetryAttempts = int.MaxValue,
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            args.Outcome.Exception is TaskErrorException error
                                && Progress(args.Context).MayRepeat(error, args.AttemptNumber)
                        ),
                    DelayGenerator = args =>
                        ValueTask.FromResult<TimeSpan?>(
                            Progress(args.Context)
                                .Pause((TaskErrorException)args.Outcome.Exception!, args.AttemptNumber, _random())
                        ),
                }
            )
            .Build();
    }

    /// <summary>Calls until an answer is read, or until it must not or need not be tried again.</summary>
    /// <param name="call">The request and its limits.</param>
    /// <param name="read">
    /// Takes the answer, or throws a <see cref="TaskErrorException"/>: a retryable one is a reason to repeat the call.
    /// </param>
    /// <param name="cancellation">Ends the request at the target, too.</param>
    /// <exception cref="TaskErrorException">The last failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public async Task<T> SendAsync<T>(HttpCall call, Func<HttpAnswer, T> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(read);
        var progress = new CallProgress(call, _time);
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(_progress, progress);
            return await _retries.ExecuteAsync(
                async (current, state) =>
                    state.read(await AttemptAsync(state.call, state.progress.Patience, current.CancellationToken)),
                context,
                (call, read, progress)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpAnswer> AttemptAsync(HttpCall call, TimeSpan patience, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var exchange = new Exchange(_transport, _authenticators, call);
        try
        {
            using var response = await exchange.SendAsync(both.Token);
            return await ReadAsync(response, call, exchange.Call, both.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (e is not TaskErrorException)
        {
            throw timeout.IsCancellationRequested
                ? CallErrors.Timeout(exchange.Call, patience, exchange.Sent, e)
                : CallErrors.Of(exchange.Call, exchange.Sent, e);
        }
    }

    private async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, HttpCall call, HttpCall final, CancellationToken cancellation)
    {
        var (body, complete) = await LimitedBody.ReadAsync(response.Content, call.Limits.MaxAnswerBytes, cancellation);
        return new HttpAnswer
        {
            Status = (int)response.StatusCode,
            Headers = AnswerHeaders.Read(response),
            MediaType = response.Content.Headers.ContentType?.MediaType,
            Charset = response.Content.Headers.ContentType?.CharSet,
            Body = body,
            IsComplete = complete,
            RetryAfter = RetryAfter.Read(response.Headers, _time),
            Final = ReferenceEquals(final, call) ? null : final,
        };
    }

    private static CallProgress Progress(ResilienceContext context) => context.Properties.GetValue(_progress, null!);
}
