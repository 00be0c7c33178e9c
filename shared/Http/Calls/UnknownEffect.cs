using Integration.Sdk;

namespace Integration.Http;

/// <summary>
/// An error of something else (a file that could not be read, an answer that could not be kept) in the middle of a call: the
/// error is right, but whether the call had its effect is not known any more.
/// </summary>
internal static class UnknownEffect
{
    public static TaskErrorException Of(TaskErrorException error) =>
        error.EffectUnknown
            ? error
            : error switch
            {
                AccessErrorException => new AccessErrorException(error.Code, error.Message, error)
                {
                    Status = error.Status,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = true,
                },
                ConnectivityErrorException => new ConnectivityErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = true,
                },
                DataErrorException => new DataErrorException(error.Code, error.Message, error)
                {
                    Status = error.Status,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = true,
                },
                VolumetricErrorException => new VolumetricErrorException(error.Code, error.Message, error)
                {
                    Retryable = error.Retryable,
                    Status = error.Status,
                    RetryAfter = error.RetryAfter,
                    Target = error.Target,
                    Details = error.Details,
                    EffectUnknown = true,
                },
                _ => error,
            };
}
