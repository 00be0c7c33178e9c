using System.Reflection;

namespace Integration.Http;

/// <summary>
/// Requests over HTTP/2 that the target says it has not begun with (RFC 9113, 8.7): a stream that is refused, one that is to be sent
/// over HTTP/1.1, one above the last that a GOAWAY names. The first and the last the framework sends again itself, three times at
/// most.
/// </summary>
internal static class RefusedStreams
{
    private const long RefusedStream = 7;
    private const long Http11Required = 13;

    // A GOAWAY has the same exception for streams that were begun and those that were not. The framework distinguishes them in a property
    // of its own; should that go, they are in doubt.
    private static readonly PropertyInfo? _mayBeRepeated = typeof(HttpRequestException).GetProperty(
        "AllowRetry",
        BindingFlags.Instance | BindingFlags.NonPublic
    );

    /// <summary>Whether it is to be sent over HTTP/1.1.</summary>
    public static bool WantsHttp1(Exception cause) =>
        cause is HttpRequestException { InnerException: HttpProtocolException { ErrorCode: Http11Required } };

    /// <summary>Whether nothing was done.</summary>
    public static bool IsOne(Exception cause) =>
        cause is HttpRequestException { InnerException: HttpProtocolException protocol }
        && (
            protocol.ErrorCode is RefusedStream or Http11Required
            || _mayBeRepeated?.GetValue(cause)?.ToString() == "RetryOnConnectionFailure"
        );
}
