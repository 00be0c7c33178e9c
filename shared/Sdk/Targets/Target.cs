using System.Threading.RateLimiting;
using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Integration.Sdk;

/// <summary>An external system: so many calls at once, so many a second, none while it is down.</summary>
internal sealed class Target : IDisposable
{
    private static readonly TimeSpan _judged = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrencyLimiter _atOnce;
    private readonly TokenBucketRateLimiter? _perSecond;
    private readonly ResiliencePipeline _breaker;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly TimeProvider _time;

    public Target(string name, TargetLimits limits, TimeProvider time, ILogger log)
    {
        _time = time;
        _atOnce = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions { PermitLimit = limits.CallsAtOnce, QueueLimit = int.MaxValue }
        );
        if (limits.CallsPerSecond > 0)
        {
            _perSecond = new TokenBucketRateLimiter(Rate(limits.CallsPerSecond));
        }

        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = limits.JudgedAfter,
                    SamplingDuration = _judged,
                    BreakDurationGenerator = args => ValueTask.FromResult(Pause(limits.Pause, args.HalfOpenAttempts)),
                    ShouldHandle = args => ValueTask.FromResult(IsDown(args.Outcome.Exception)),
                    StateProvider = _state,
                    OnOpened = args =>
                    {
                        log.LogWarning(
                            "{Target} is down ({Reason}); its tasks wait, and one tries it again in {Pause}",
                            name,
                            args.Outcome.Exception?.Message,
                            args.BreakDuration
                        );
                        return ValueTask.CompletedTask;
                    },
                    OnClosed = args =>
                    {
                        log.LogInformation("{Target} works again", name);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
    }

    /// <summary>Tasks that call it or wait for it.</summary>
    public int Users { get; set; }

    /// <summary>Larger than that of every target that was needed less lately.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether calls wait until one has found that it works again.</summary>
    public bool IsOpen => _state.CircuitState is CircuitState.Open or CircuitState.HalfOpen;

    /// <summary>Calls it when it may be called.</summary>
    /// <param name="call">The call; what it throws shows whether the target is down.</param>
    /// <param name="patience">Longest wait; then the call is made nevertheless.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<T> CallAsync<T>(Func<Task<T>> call, TimeSpan patience, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            TimeSpan pause;
            using (await _atOnce.AcquireAsync(1, cancellation))
            {
                using var turn = _perSecond is null ? null : await _perSecond.AcquireAsync(1, cancellation);
                try
                {
                    return await _breaker.ExecuteAsync(
                        static async (call, _) => await call(),
                        call,
                        CancellationToken.None
                    );
                }
                catch (BrokenCircuitException e)
                {
                    // While another call tries the target, it is not known how long that takes.
                    pause = e.RetryAfter is { } left && left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(200);
                    var waited = _time.GetElapsedTime(began);
                    if (waited >= patience)
                        return await call();
                    if (pause > patience - waited)
                        pause = patience - waited;
                }
            }

            await Task.Delay(pause, _time, cancellation);
        }
    }

    public void Dispose()
    {
        _atOnce.Dispose();
        _perSecond?.Dispose();
    }

    /// <summary>
    /// About ten times a second, so that calls are spread over it. Timers count in milliseconds: a part of one is added, so that there are
    /// never more calls than allowed.
    /// </summary>
    internal static TokenBucketRateLimiterOptions Rate(int callsPerSecond)
    {
        var calls = Math.Max(1, callsPerSecond / 10);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = calls,
            TokensPerPeriod = calls,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(Math.Ceiling(1000.0 * calls / callsPerSecond)),
            QueueLimit = int.MaxValue,
        };
    }

    private static TimeSpan Pause(TimeSpan first, int attempts) =>
        TimeSpan.FromTicks(Math.Min(first.Ticks << Math.Min(attempts, 10), _longestPause.Ticks));

    /// <summary>Out of reach or overloaded. A target that refuses what it is asked works.</summary>
    private static bool IsDown(Exception? exception) =>
        exception is not null
        && ExceptionClassifier.Classify(exception)
            is { TargetWorks: false }
                and (
                    { Category: ErrorCategory.Connectivity }
                    or { Category: ErrorCategory.Volumetric, Retryable: true }
                );
}
