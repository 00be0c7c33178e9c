using System.Net.Http.Headers;

namespace Integration.Http;

/// <summary>The header <c>Retry-After</c>, as seconds or as a date.</summary>
internal static class RetryAfter
{
    /// <summary>From now; null when absent, unreadable or past.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return wait > TimeSpan.Zero ? wait : null;
    }
}
