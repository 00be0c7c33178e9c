using System.Data.Common;
using System.Runtime.ExceptionServices;
using Integration.Bus;
using Integration.Storage;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Integration.Hosting;

/// <summary>
/// Something that work needs is away: waits until it is back, with pauses that grow from <see cref="FirstPause"/> to
/// <see cref="LongestPause"/>. However many wait, and however often, the log says it once, and when it is over
/// (<see cref="Outage"/>). Shared by all who wait for the same.
/// </summary>
public sealed class Patience
{
    /// <summary>Before the second try: 200 milliseconds. Each further pause is twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>No pause is longer: five seconds.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private static readonly ResiliencePropertyKey<Wait> _wait = new("wait");

    private readonly string _trouble;
    private readonly string _over;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Outage _outage;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Says what is waited for.</summary>
    /// <param name="trouble">What the log says, without a full stop: "The journal does not answer". The reason follows.</param>
    /// <param name="over">What it says afterwards: "The journal answers again". How long it took follows.</param>
    /// <param name="time">For the pauses.</param>
    /// <param name="log">Where to. A database that is away is a warning; what else fails is an error with its stack trace.</param>
    public Patience(string trouble, string over, TimeProvider time, ILogger log)
    {
        _trouble = trouble;
        _over = over;
        _time = time;
        _log = log;
        _outage = new Outage(time);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    // No end; the caller decides.
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    // Callers that wait for one database come at different moments anyway.
                    UseJitter = false,
                    Delay = FirstPause,
                    MaxDelay = LongestPause,
                    ShouldHandle = args => MayGoOnAsync(args.Outcome.Exception, args.Context, args.AttemptNumber),
                    OnRetry = args =>
                    {
                        Tell(args.Outcome.Exception!);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
    }

    /// <summary>Tries until it works, whatever it fails with.</summary>
    /// <param name="work">Tried at least once, also when <paramref name="cancellation"/> is signalled already.</param>
    /// <param name="cancellation">Ends the waiting between two tries.</param>
    /// <exception cref="OperationCanceledException">Waiting has ended, or <paramref name="work"/> ended so itself.</exception>
    /// <exception cref="ObjectDisposedException">What was asked was disposed.</exception>
    public Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellation) =>
        TryAsync(
            work,
            failed =>
                ValueTask.FromResult(failed.Reason is not (OperationCanceledException or ObjectDisposedException)),
            cancellation
        );

    /// <summary>Tries until it works, or until it may not go on.</summary>
    /// <param name="work">Tried at least once, also when <paramref name="cancellation"/> is signalled already.</param>
    /// <param name="mayGoOn">Whether there is another try; without one the caller gets the exception.</param>
    /// <param name="cancellation">Ends the waiting between two tries.</param>
    /// <exception cref="OperationCanceledException">Waiting has ended.</exception>
    public async Task<T> TryAsync<T>(
        Func<Task<T>> work,
        Func<FailedTry, ValueTask<bool>> mayGoOn,
        CancellationToken cancellation
    )
    {
        Exception first;
        try
        {
            // Nearly always all there is to it, and on hot paths: no pipeline around it.
            return await work();
        }
        catch (Exception e)
        {
            first = e;
        }

        return await TryAgainAsync(first, work, mayGoOn, cancellation);
    }

    private async Task<T> TryAgainAsync<T>(
        Exception first,
        Func<Task<T>> work,
        Func<FailedTry, ValueTask<bool>> mayGoOn,
        CancellationToken cancellation
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(_wait, new Wait(mayGoOn, _time.GetTimestamp()));
            var outcome = await _pipeline.ExecuteOutcomeAsync(
                static (_, tries) => tries.NextAsync(),
                context,
                new FurtherTries<T>(first, work)
            );
            if (outcome.Exception is { } failed)
            {
                // A pipeline that is cancelled hands out what the last try ended with.
                if (context.Properties.GetValue(_wait, null!).WentOn)
                    cancellation.ThrowIfCancellationRequested();
                ExceptionDispatchInfo.Throw(failed);
            }

            // The success of another says nothing: it may be this one that does not work.
            if (_outage.End() is { } lasted)
                _log.LogInformation("{Over}, after {Outage}.", _over, lasted);
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<bool> MayGoOnAsync(Exception? e, ResilienceContext context, int earlier)
    {
        if (e is null)
            return false;
        var wait = context.Properties.GetValue(_wait, null!);
        wait.WentOn = await wait.MayGoOn(new FailedTry(e, earlier + 1, _time.GetElapsedTime(wait.Since)));
        return wait.WentOn;
    }

    private void Tell(Exception e)
    {
        if (!_outage.ShouldLog(e.Message))
            return;
        if (e is DbException or StorageException or IOException)
            _log.LogWarning("{Trouble} ({Reason}); trying again.", _trouble, e.Message);
        else
            _log.LogError(e, "{Trouble} ({Reason}); trying again.", _trouble, e.Message);
    }

    /// <summary>What one caller brings along.</summary>
    private sealed class Wait(Func<FailedTry, ValueTask<bool>> mayGoOn, long since)
    {
        public Func<FailedTry, ValueTask<bool>> MayGoOn => mayGoOn;

        public long Since => since;

        /// <summary>Whether the last try that failed was to be followed by another one.</summary>
        public bool WentOn { get; set; }
    }

    /// <summary>The first try was made outside of the pipeline, which begins with what became of it.</summary>
    private sealed class FurtherTries<T>(Exception first, Func<Task<T>> work)
    {
        private Exception? _first = first;

        public async ValueTask<Outcome<T>> NextAsync()
        {
            if (_first is { } failed)
            {
                _first = null;
                return Outcome.FromException<T>(failed);
            }

            try
            {
                return Outcome.FromResult(await work());
            }
            catch (Exception e)
            {
                return Outcome.FromException<T>(e);
            }
        }
    }
}
