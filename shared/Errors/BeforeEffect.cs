namespace Integration.Errors;

/// <summary>
/// The steps of an operation before the one that has the effect: reading a file, naming a secret, sending a part. However
/// they end, a call with the effect <c>Once</c> is not in doubt.
/// </summary>
public static class BeforeEffect
{
    /// <summary>Runs a step. What it fails with, or its cancellation, then says that there was no effect.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            return await step();
        }
        catch (TaskErrorException e) when (e.EffectUnknown)
        {
            throw e.WithoutEffect();
        }
        catch (OperationCanceledException e) when (e is not CancelledWithoutEffectException)
        {
            throw new CancelledWithoutEffectException(e);
        }
    }
}
