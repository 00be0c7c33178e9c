using Integration.Sdk;

namespace Integration.Http;

/// <summary>
/// An error of something else (a file that could not be read, an answer that could not be kept) in the middle of a call: the
/// error is right, but what it says of its own call says nothing about whether this one had its effect.
/// </summary>
internal static class UnknownEffect
{
    /// <summary>Whether the call had its effect is not known any more.</summary>
    public static TaskErrorException Of(TaskErrorException error) => Copy(error, unknown: true);

    /// <summary>Nothing was sent, so that there is no effect.</summary>
    public static TaskErrorException None(TaskErrorException error) => Copy(error, unknown: false);

    private static TaskErrorException Copy(TaskErrorException error, bool unknown) =>
        error.EffectUnknown == unknown
            ? error
            : error switch
            {
                AccessErrorException => new AccessErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = unknown,
                },
                ConnectivityErrorException => new ConnectivityErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = unknown,
                },
                DataErrorException => new DataErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = unknown,
                },
                VolumetricErrorException => new VolumetricErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = unknown,
                },
                InternalErrorException => new InternalErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = unknown,
                },
                _ => error,
            };
}
