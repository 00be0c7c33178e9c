using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Integration.Fixtures;

/// <summary>Waits for what must become true, with a deadline, instead of sleeping and hoping.</summary>
public static class Eventually
{
    /// <summary>How long is waited unless said otherwise: generous, as it only costs time when a test fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not; the message is the condition's source text.</exception>
    public static Task TrueAsync(
        Func<bool> condition,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    ) => TrueAsync(() => Task.FromResult(condition()), within, what);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not; the message is the condition's source text.</exception>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    )
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (within ?? Patience))
                throw new TimeoutException($"Not within {within ?? Patience}: {what}");
            await Task.Delay(_pause);
        }
    }

    /// <summary>Waits until <paramref name="assertion"/> throws no more.</summary>
    /// <exception cref="Exception">What it threw last, when the time was over.</exception>
    public static async Task PassesAsync(Func<Task> assertion, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) <= (within ?? Patience))
            {
                await Task.Delay(_pause);
            }
        }
    }

    /// <summary>Waits until <paramref name="probe"/> returns something.</summary>
    /// <exception cref="TimeoutException">It did not; the message is the probe's source text.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T?>> probe,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(probe))] string what = ""
    )
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await probe()) is not null, within, what);
        return found!;
    }
}
