using Integration.Sdk;

namespace Integration.Http;

/// <summary>
/// The errors of an answer that says success and cannot be used. What was asked has probably been done, so for
/// <see cref="Effect.Once"/> they are in doubt rather than a reason to try again.
/// </summary>
public static class AnswerErrors
{
    /// <summary>Longer than <see cref="CallLimits.MaxAnswerBytes"/>.</summary>
    public static VolumetricErrorException TooLarge(HttpCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new VolumetricErrorException(
            "answer-too-large",
            $"{call}: the answer is larger than {call.Limits.MaxAnswerBytes} bytes. Ask the target for less, or raise the limit."
        )
        {
            Target = call.Target,
            EffectUnknown = true,
        };
    }

    /// <summary>Not what it says it is.</summary>
    /// <param name="call">The call.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="problem">Goes on after "the answer", without a full stop.</param>
    public static DataErrorException Malformed(HttpCall call, HttpAnswer answer, string problem)
    {
        ArgumentNullException.ThrowIfNull(answer);
        call = answer.Final ?? call;
        return new DataErrorException("malformed-answer", $"{call}: the answer {problem}")
        {
            Status = answer.Status,
            Target = call.Target,
            Details = AnswerDetails.Of(answer),
            EffectUnknown = true,
        };
    }

    internal static DataErrorException Malformed(HttpCall call, string problem, bool sent, Exception cause) =>
        new("malformed-answer", $"{call}: the answer {problem}", cause) { Target = call.Target, EffectUnknown = sent };
}
