using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Errors;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>The technical failures that a task declares.</summary>
[Raises(
    ErrorCategory.Connectivity,
    RaisesAttribute.AnyCode,
    DeclaredFailures.Meaning,
    "Look at the answer in `details`; it is retried unless the task says otherwise."
)]
[Raises(ErrorCategory.Access, RaisesAttribute.AnyCode, DeclaredFailures.Meaning, "Look at the answer in `details`.")]
[Raises(ErrorCategory.Data, RaisesAttribute.AnyCode, DeclaredFailures.Meaning, "Look at the answer in `details`.")]
[Raises(
    ErrorCategory.Volumetric,
    RaisesAttribute.AnyCode,
    DeclaredFailures.Meaning,
    "Look at the answer in `details`."
)]
internal static partial class DeclaredFailures
{
    private const string Meaning =
        "The answer is one that the task declares in `failures`; without a code of its own it is `declared-failure`.";

    public static void Check(IReadOnlyList<DeclaredFailure>? failures)
    {
        for (var i = 0; i < (failures?.Count ?? 0); i++)
        {
            var failure = failures![i] ?? throw InvalidInput.At($"failures[{i}]", "is null.");
            if (failure.Code is { } code && !Code().IsMatch(code))
                throw InvalidInput.At(
                    $"failures[{i}].code",
                    "must be lower case words with hyphens, e.g. quota-used-up."
                );
            AnswerConditions.Check(failure.Status, failure.When, $"failures[{i}]");
        }
    }

    /// <summary>The first that fits; null when none does.</summary>
    public static TaskErrorException? Find(
        IReadOnlyList<DeclaredFailure>? failures,
        HttpCall call,
        HttpAnswer answer,
        AnswerContent content
    ) =>
        failures?.FirstOrDefault(one => AnswerConditions.Hold(one.Status, one.When, answer.Status, content))
            is { } failure
            ? Of(failure, call, answer)
            : null;

    private static TaskErrorException Of(DeclaredFailure failure, HttpCall call, HttpAnswer answer)
    {
        call = answer.Call ?? call;
        var code = failure.Code ?? "declared-failure";
        var message =
            $"{call} answered {answer.Status}: {failure.Message ?? "the task declares this answer as a failure."}";
        var usual = StatusErrors.Of(call, answer);
        // Of an answer that says itself what happened it is known, unless it comes from a target that failed on the way.
        var unknown = failure.Retryable != true && answer.Status >= 500 && usual.EffectUnknown;
        return TaskErrorException.Of(
            CategoryOf(failure),
            code,
            message,
            facts: new ErrorFacts
            {
                Retryable = failure.Retryable ?? failure.Category == FailureCategory.Connectivity,
                Status = answer.Status,
                RetryAfter = answer.RetryAfter,
                Target = call.Target,
                Details = usual.Details,
                EffectUnknown = unknown,
            }
        );
    }

    private static ErrorCategory CategoryOf(DeclaredFailure failure) =>
        failure.Category switch
        {
            FailureCategory.Access => ErrorCategory.Access,
            FailureCategory.Data => ErrorCategory.Data,
            FailureCategory.Volumetric => ErrorCategory.Volumetric,
            _ => ErrorCategory.Connectivity,
        };

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
