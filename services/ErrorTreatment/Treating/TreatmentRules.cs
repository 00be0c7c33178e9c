namespace Integration.ErrorTreatment.Treating;

/// <summary>Name a wrong setting of the section <c>Treatment</c>, and what it may be.</summary>
internal static class TreatmentRules
{
    private static readonly TimeSpan _longest = TimeSpan.FromDays(365);

    public static IEnumerable<string> Broken(TreatmentOptions options) =>
        [
            .. Policy(nameof(options.Connectivity), options.Connectivity),
            .. Policy(nameof(options.Volumetric), options.Volumetric),
            .. Policy(nameof(options.Internal), options.Internal),
            .. Span(nameof(options.LongestRetryAfter), options.LongestRetryAfter),
            .. Span(nameof(options.AnswerWithin), options.AnswerWithin),
            .. Span(nameof(options.AnswerGrace), options.AnswerGrace),
            .. Span(nameof(options.ReturnWithin), options.ReturnWithin),
            .. Span(nameof(options.OperatorDeadline), options.OperatorDeadline),
            .. Span(nameof(options.KeepClosed), options.KeepClosed),
            .. Check(nameof(options.Prefetch), options.Prefetch, options.Prefetch is >= 1 and <= 10_000, "1 to 10000"),
            .. Check(
                nameof(options.LargestEvent),
                options.LargestEvent,
                options.LargestEvent is >= 1024 and <= 128 * 1024 * 1024,
                "1024 to 134217728 bytes"
            ),
        ];

    private static IEnumerable<string> Policy(string name, RetryOptions policy) =>
        [
            .. Check($"{name}__Retries", policy.Retries, policy.Retries is >= 0 and <= 1000, "0 to 1000"),
            .. Span($"{name}__Delay", policy.Delay),
            .. Span($"{name}__LongestDelay", policy.LongestDelay),
            .. Check(
                $"{name}__LongestDelay",
                policy.LongestDelay,
                policy.LongestDelay >= policy.Delay,
                $"at least {name}__Delay, {policy.Delay}"
            ),
            .. Check($"{name}__Factor", policy.Factor, policy.Factor is >= 1 and <= 100, "1 to 100"),
            .. Check($"{name}__Jitter", policy.Jitter, policy.Jitter is >= 0 and <= 1, "0 to 1"),
        ];

    private static IEnumerable<string> Span(string name, TimeSpan value) =>
        Check(name, value, value > TimeSpan.Zero && value <= _longest, "more than 00:00:00 and at most 365 days");

    private static IEnumerable<string> Check(string name, object value, bool valid, string allowed) =>
        valid ? [] : [$"{TreatmentOptions.Section}__{name} is {value}; it may be {allowed}."];
}
