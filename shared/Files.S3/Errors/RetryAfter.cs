using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Integration.Files.S3;

/// <summary>The header <c>Retry-After</c> of an answer, as seconds or as a date.</summary>
internal static class RetryAfter
{
    /// <summary>From now; null when absent, unreadable or past.</summary>
    public static TimeSpan? Of(AmazonServiceException answer, TimeProvider time)
    {
        var header = (answer.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("Retry-After");
        var wait =
            int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(
                header,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var date
            )
                ? date - time.GetUtcNow()
            : TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : null;
    }
}
