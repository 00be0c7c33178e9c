using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>What an answer means: a business error, a declared failure, a success, or the failure that its status stands for.</summary>
internal static class AnswerReader
{
    public static RequestOperation.Output Read(
        HttpCall call,
        RequestOperation.Input input,
        AnswerForm form,
        HttpAnswer answer
    )
    {
        var content = AnswerContent.Of(answer, form);
        Judge(call, input, answer, content);
        if (answer.Problem is { } problem)
            throw AnswerErrors.Malformed(call, answer, problem);
        if (!answer.IsComplete)
            throw AnswerErrors.TooLarge(call, answer);
        var output = new RequestOperation.Output(answer.Status, answer.Headers);
        if (form.Kind == AnswerKind.Base64)
            return answer.Body.IsEmpty ? output : output with { Base64 = Convert.ToBase64String(answer.Body.Span) };
        return content.Problem is null
            ? output with
            {
                Body = content.Body,
            }
            : throw AnswerErrors.Malformed(call, answer, content.Problem);
    }

    /// <summary>Throws what the answer means, in this order; returns when it is a success.</summary>
    public static void Judge(HttpCall call, RequestOperation.Input input, HttpAnswer answer, AnswerContent content)
    {
        var expected = ExpectedStatuses.Contain(input.Expect, answer.Status);
        // What a target says of its failure often has another form than its success.
        if (!expected && content.Problem is not null)
            content = AnswerContent.Of(answer, AnswerForm.Default);
        if (DeclaredErrors.Find(input.Errors, answer.Status, content) is { } declared)
            throw declared;
        if (DeclaredFailures.Find(input.Failures, call, answer, content) is { } failure)
            throw failure;
        if (!expected)
            throw StatusErrors.Of(call, answer);
    }
}
