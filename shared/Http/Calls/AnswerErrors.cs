using Integration.Contracts;
using Integration.Errors;

namespace Integration.Http;

/// <summary>
/// The errors of an answer that says success and cannot be used. What was asked has probably been done, so for
/// the effect <c>Once</c> they are in doubt rather than a reason to try again.
/// </summary>
[Raises(
    ErrorCategory.Data,
    "malformed-answer",
    "The answer is no HTTP, or not what it says it is.",
    "Look at the answer in details, and report it to the operator of the target."
)]
[Raises(
    ErrorCategory.Volumetric,
    "answer-too-large",
    "The answer is larger than the limit.",
    "Ask the target for less, e.g. a page, or raise the limit that the message names."
)]
public static class AnswerErrors
{
    /// <summary>Longer than <see cref="CallLimits.MaxAnswerBytes"/>.</summary>
    public static VolumetricErrorException TooLarge(HttpCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return TooLarge(call, call.Limits.MaxAnswerBytes);
    }

    /// <summary>The same for an answer of whom a redirect may have led to.</summary>
    public static VolumetricErrorException TooLarge(HttpCall call, HttpAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return TooLarge(answer.Call ?? call);
    }

    /// <summary>Not what it says it is.</summary>
    /// <param name="call">The call.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="problem">Goes on after "the answer", without a full stop.</param>
    public static DataErrorException Malformed(HttpCall call, HttpAnswer answer, string problem)
    {
        ArgumentNullException.ThrowIfNull(answer);
        call = answer.Call ?? call;
        return new DataErrorException("malformed-answer", $"{call}: the answer {problem}")
        {
            Status = answer.Status,
            Target = call.Target,
            Details = AnswerDetails.Of(answer),
            EffectUnknown = true,
        };
    }

    internal static VolumetricErrorException TooLarge(HttpCall call, long limit) =>
        new(
            "answer-too-large",
            $"{call}: the answer is larger than {limit} bytes. Ask the target for less, or raise the limit."
        )
        {
            Target = call.Target,
            EffectUnknown = true,
        };

    internal static DataErrorException Malformed(HttpCall call, string problem, bool sent, Exception cause) =>
        new("malformed-answer", $"{call}: the answer {problem}", cause) { Target = call.Target, EffectUnknown = sent };
}
