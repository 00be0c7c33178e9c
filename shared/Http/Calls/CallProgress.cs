using Integration.Errors;

namespace Integration.Http;

/// <summary>How much of its time and of its repetitions a call has left.</summary>
internal sealed class CallProgress(HttpCall call, TimeProvider time)
{
    // A pause may end a little late, when nothing is left.
    private static readonly TimeSpan _least = TimeSpan.FromMilliseconds(1);

    private readonly long _began = time.GetTimestamp();

    /// <summary>For the next request.</summary>
    public TimeSpan Patience => Longer(Shorter(call.Limits.Attempt, Remaining), _least);

    /// <summary>For the whole of the next request; null when <see cref="Patience"/> is for all of it.</summary>
    public TimeSpan? Transfer =>
        call.Limits.Transfer is { } transfer ? Longer(Shorter(transfer, Remaining), _least) : null;

    /// <summary>Whether the body was read and cannot be read again.</summary>
    public bool IsSpent { get; set; }

    /// <summary>Whether no request is on its way: before the first and between two.</summary>
    public bool IsPausing { get; set; } = true;

    private TimeSpan Remaining => call.Limits.Total - time.GetElapsedTime(_began);

    /// <summary>
    /// Whether the failure may pass, a second request is possible and cannot have a second effect, and there is time for it. A
    /// Retry-After that does not fit is left to error treatment.
    /// </summary>
    /// <param name="error">Of the last request.</param>
    /// <param name="repetitions">So far.</param>
    public bool MayRepeat(TaskErrorException error, int repetitions) =>
        error.Retryable
        && !IsSpent
        && repetitions < call.Limits.Retries
        && (call.MayRepeat || error is { EffectUnknown: false, Status: null })
        && Pause(error, repetitions, random: 1) < Remaining;

    /// <summary>What the target asks for; otherwise doubled with each repetition, between half and the whole of it.</summary>
    public TimeSpan Pause(TaskErrorException error, int repetitions, double random) =>
        error.RetryAfter ?? call.Limits.RetryDelay * Math.Pow(2, Math.Min(repetitions, 16)) * (0.5 + random / 2);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
