using System.Diagnostics.CodeAnalysis;

namespace Integration.Files.S3;

/// <summary>
/// A request that got no whole answer, in a form in which the SDK leaves it alone: what looks like a lost connection, itself
/// or what it was caused by, is sent again by the SDK up to ten times, whatever its number of retries is set to.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place.")]
internal sealed class ConnectionFailure(Exception original) : Exception(original.Message)
{
    public Exception Original => original;

    /// <summary>Runs something; what fails on the connection fails as this.</summary>
    public static async Task<T> CatchAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or IOException
                        or OperationCanceledException { InnerException: TimeoutException }
            )
        {
            throw new ConnectionFailure(e);
        }
    }
}
