using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>What a task asks for, within what the service allows.</summary>
internal static class RequestLimits
{
    public static CallLimits Of(RequestOperation.Input input, RestOptions rest, HttpTransportOptions transport)
    {
        var (connect, attempt, total) = input.Timeouts ?? new RequestTimeouts();
        var oneAttempt = Seconds(attempt, "attempt", rest.MaxTimeout, "Rest__MaxTimeout") ?? rest.AttemptTimeout;
        return new CallLimits
        {
            Connect =
                Seconds(connect, "connect", transport.ConnectTimeout, "Http__ConnectTimeout")
                ?? transport.ConnectTimeout,
            Attempt = oneAttempt,
            Total =
                Seconds(total, "total", rest.MaxTimeout, "Rest__MaxTimeout")
                ?? (oneAttempt > rest.TotalTimeout ? oneAttempt : rest.TotalTimeout),
            Retries = Within(input.Retries, "retries", 0, rest.MaxRetries, "Rest__MaxRetries") ?? rest.Retries,
            RetryDelay = rest.RetryDelay,
            MaxAnswerBytes =
                Within(input.MaxAnswerBytes, "maxAnswerBytes", 1, rest.MaxAnswerBytes, "Rest__MaxAnswerBytes")
                ?? rest.MaxAnswerBytes,
        };
    }

    /// <summary>How many are followed.</summary>
    public static int Redirects(RequestOperation.Input input, RestOptions rest) =>
        Within(input.Redirects, "redirects", 0, rest.MaxRedirects, "Rest__MaxRedirects") ?? 0;

    private static TimeSpan? Seconds(double? seconds, string name, TimeSpan most, string setting)
    {
        if (seconds is not { } value)
            return null;
        if (value < 0.001 || value > most.TotalSeconds || double.IsNaN(value))
        {
            throw InvalidInput.At(
                $"timeouts.{name}",
                $"must be between 0.001 and {most.TotalSeconds:0.###} seconds; {setting} of the service sets the bound."
            );
        }

        return TimeSpan.FromSeconds(value);
    }

    private static int? Within(int? number, string name, int least, int most, string setting) =>
        number is null || (number >= least && number <= most)
            ? number
            : throw InvalidInput.At(
                name,
                $"must be between {least} and {most}; {setting} of the service sets the bound."
            );
}
