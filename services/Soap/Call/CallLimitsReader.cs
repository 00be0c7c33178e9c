using Integration.Errors;
using Integration.Http;
using Integration.Soap.Settings;

namespace Integration.Soap.Call;

/// <summary>What a task asks for, within what the service allows.</summary>
internal static class CallLimitsReader
{
    /// <param name="input">Of the task.</param>
    /// <param name="withFiles">Whether files are sent or may come back.</param>
    /// <param name="soap">The service's limits.</param>
    /// <param name="transport">The connections' limits.</param>
    public static CallLimits Of(CallInput input, bool withFiles, SoapOptions soap, HttpTransportOptions transport)
    {
        var (connect, attempt, total) = input.Timeouts ?? new CallTimeouts();
        var most = withFiles ? soap.TransferTimeout : soap.MaxTimeout;
        var bound = withFiles ? "Soap__TransferTimeout" : "Soap__MaxTimeout";
        var oneAttempt = Seconds(attempt, "attempt", soap.MaxTimeout, "Soap__MaxTimeout") ?? soap.AttemptTimeout;
        var all = Seconds(total, "total", most, bound) ?? (withFiles ? most : Longer(oneAttempt, soap.TotalTimeout));
        return new CallLimits
        {
            Connect =
                Seconds(connect, "connect", transport.ConnectTimeout, "Http__ConnectTimeout")
                ?? transport.ConnectTimeout,
            Attempt = oneAttempt,
            Transfer = withFiles ? all : null,
            Total = all,
            Retries = Retries(input.Retries, soap.Retries),
            RetryDelay = soap.RetryDelay,
            MaxAnswerBytes = soap.MaxAnswerBytes,
        };
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static int Retries(int? asked, int most) =>
        asked is null ? most
        : asked >= 0 && asked <= most ? asked.Value
        : throw InvalidInput.At(
            "retries",
            $"must be between 0 and {most}; Soap__Retries of the service sets the bound."
        );

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
}
