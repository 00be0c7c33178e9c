using Integration.Egress;
using Integration.Errors;
using Polly;
using Polly.Retry;

namespace Integration.Http;

/// <summary>
/// Calls a target, and repeats the call where that is safe: a few quick repetitions for what passes soon. What lasts
/// longer is left to error treatment, whose retries survive a restart.
/// </summary>
[RaisesFrom(typeof(CallErrors))]
[RaisesFrom(typeof(GuardedConnector))]
[RaisesFrom(typeof(CertificateCheck))]
[RaisesFrom(typeof(HttpDialer))]
[RaisesFrom(typeof(ClientCertificate))]
[RaisesFrom(typeof(ProxyTunnel))]
[RaisesFrom(typeof(ProxySettings))]
[RaisesFrom(typeof(Secrets))]
[RaisesFrom(typeof(Credentials))]
[RaisesFrom(typeof(DigestAuthenticator))]
[RaisesFrom(typeof(TokenErrors))]
[RaisesFrom(typeof(RedirectErrors))]
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
                    {
                        var progress = Progress(args.Context);
                        progress.IsPausing = true;
                        return ValueTask.FromResult<TimeSpan?>(
                            progress.Pause((TaskErrorException)args.Outcome.Exception!, args.AttemptNumber, _random())
                        );
                    },
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
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellation"/> was signalled; a <see cref="CancelledWithoutEffectException"/> when it is known that
    /// nothing was sent.
    /// </exception>
    public async Task<T> SendAsync<T>(HttpCall call, Func<HttpAnswer, T> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        return await RepeatAsync(
            call,
            async (progress, token) =>
                read(await AttemptAsync(call, progress, static (answer, t) => answer.ReadAsync(t), token)),
            cancellation
        );
    }

    /// <summary>The same for an answer that is not taken into memory.</summary>
    /// <param name="call">The request and its limits.</param>
    /// <param name="read">
    /// Takes the answer while it arrives, or throws a <see cref="TaskErrorException"/>. It is called again when the call is
    /// repeated, so it must begin anew. Its token is signalled when the time of the request is over.
    /// </param>
    /// <param name="cancellation">Ends the request at the target, too.</param>
    /// <remarks>
    /// Once there is an answer, a call that may not be repeated is not sent again: what <paramref name="read"/> throws
    /// without the status and the target of the answer is an unknown effect, as what was asked has probably been done.
    /// </remarks>
    /// <exception cref="TaskErrorException">The last failure.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellation"/> was signalled; a <see cref="CancelledWithoutEffectException"/> when it is known that
    /// nothing was sent.
    /// </exception>
    public async Task<T> SendAsync<T>(
        HttpCall call,
        Func<StreamedAnswer, CancellationToken, Task<T>> read,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        return await RepeatAsync(call, (progress, token) => AttemptAsync(call, progress, read, token), cancellation);
    }

    private async Task<T> RepeatAsync<T>(
        HttpCall call,
        Func<CallProgress, CancellationToken, Task<T>> attempt,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(call);
        var progress = new CallProgress(call, _time);
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(_progress, progress);
            return await _retries.ExecuteAsync(
                static async (current, state) => await state.attempt(state.progress, current.CancellationToken),
                context,
                (attempt, progress)
            );
        }
        // Only what has had no effect is repeated where that matters, so that between two requests nothing is in doubt.
        catch (OperationCanceledException e) when (progress.IsPausing && !call.MayRepeat)
        {
            throw new CancelledWithoutEffectException(e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> AttemptAsync<T>(
        HttpCall call,
        CallProgress progress,
        Func<StreamedAnswer, CancellationToken, Task<T>> read,
        CancellationToken cancellation
    )
    {
        progress.IsPausing = false;
        using var time = new AttemptTime(progress, _time, cancellation);
        using var exchange = new Exchange(_transport, _authenticators, call, time.Moved);
        int? answered = null;
        try
        {
            using var response = await exchange.SendAsync(time.Token);
            answered = (int)response.StatusCode;
            return await read(
                new StreamedAnswer(response, exchange.Call, Sent(), _authenticators.Mask, _time, time.Moved),
                time.Token
            );
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            var cancelled = new OperationCanceledException(cancellation);
            throw Sent() is { Begun: false } ? new CancelledWithoutEffectException(cancelled) : cancelled;
        }
        catch (TaskErrorException e) when (answered is not null && !(time.IsOver && IsOfTime(e)))
        {
            if (!call.MayRepeat && e is not BusinessErrorException && !IsAboutAnswer(e))
                throw e.WithUnknownEffect();
            throw;
        }
        catch (Exception e)
        {
            // A token endpoint that takes all of the time has an error of its own.
            throw time.IsOver && (exchange.IsSending || e is not TaskErrorException)
                ? CallErrors.Timeout(exchange.Call, time, Sent()?.Begun ?? true, e)
                : CallErrors.Of(exchange.Call, Sent(), e);
        }
        finally
        {
            progress.IsSpent = exchange.IsSpent;
        }

        // Who says success has what it wanted, whatever of the body has left.
        SentContent? Sent() => answered < 400 ? null : exchange.Content;

        // What else fails while the answer is read, such as a store for it, may have a status and a target of its own.
        bool IsAboutAnswer(TaskErrorException e) =>
            e.Status == answered && (e.Target == exchange.Call.Target || e.Target == call.Target);
    }

    private static bool IsOfTime(TaskErrorException e) => e.InnerException is OperationCanceledException;

    private static CallProgress Progress(ResilienceContext context) => context.Properties.GetValue(_progress, null!);
}
