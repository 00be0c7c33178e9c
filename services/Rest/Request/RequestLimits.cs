using Integration.Errors;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>What a task asks for, within what the service allows.</summary>
internal static class RequestLimits
{
    /// <param name="input">The task's.</param>
    /// <param name="kind">How its answer is wanted.</param>
    /// <param name="transfers">Whether a file is sent or received.</param>
    /// <param name="rest">The service's settings.</param>
    /// <param name="transport">The service's settings for connections.</param>
    public static CallLimits Of(
        RequestOperation.Input input,
        AnswerKind kind,
        bool transfers,
        RestOptions rest,
        HttpTransportOptions transport
    )
    {
        var (connect, attempt, total, transfer) = input.Timeouts ?? new RequestTimeouts();
        var oneAttempt = Seconds(attempt, "attempt", rest.MaxTimeout, "Rest__MaxTimeout") ?? rest.AttemptTimeout;
        var whole = Seconds(transfer, "transfer", rest.MaxTimeout, "Rest__MaxTimeout") ?? rest.MaxTimeout;
        if (transfer is not null && !transfers)
            throw InvalidInput.At("timeouts.transfer", "is for calls that send or receive a file. Remove it.");
        return new CallLimits
        {
            Connect =
                Seconds(connect, "connect", transport.ConnectTimeout, "Http__ConnectTimeout")
                ?? transport.ConnectTimeout,
            Attempt = oneAttempt,
            Transfer = transfers ? whole : null,
            Total =
                Seconds(total, "total", rest.MaxTimeout, "Rest__MaxTimeout")
                ?? Longest(rest.TotalTimeout, oneAttempt, transfers ? whole : TimeSpan.Zero),
            Retries = Within(input.Retries, "retries", 0, rest.MaxRetries, "Rest__MaxRetries") ?? rest.Retries,
            RetryDelay = rest.RetryDelay,
            MaxAnswerBytes = Inline(
                kind,
                Within(input.MaxAnswerBytes, "maxAnswerBytes", 1, rest.MaxAnswerBytes, "Rest__MaxAnswerBytes")
                    ?? rest.MaxAnswerBytes
            ),
        };
    }

    /// <summary>How many are followed.</summary>
    public static int Redirects(RequestOperation.Input input, RestOptions rest) =>
        Within(input.Redirects, "redirects", 0, rest.MaxRedirects, "Rest__MaxRedirects") ?? 0;

    // Base64 makes four characters of three bytes.
    private static int Inline(AnswerKind kind, int bytes) =>
        kind == AnswerKind.Base64 ? Math.Max(1, bytes / 4 * 3) : bytes;

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> times)
    {
        var longest = TimeSpan.Zero;
        foreach (var time in times)
            longest = time > longest ? time : longest;
        return longest;
    }

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
