using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>What an answer means: a business error, a success, or the failure that its status stands for.</summary>
internal static class AnswerReader
{
    public static RequestOperation.Output Read(HttpCall call, RequestOperation.Input input, HttpAnswer answer)
    {
        var content = AnswerContent.Of(answer);
        if (DeclaredErrors.Find(input.Errors, answer.Status, content.Body) is { } declared)
            throw declared;
        if (!ExpectedStatuses.Contain(input.Expect, answer.Status))
            throw StatusErrors.Of(call, answer);
        if (!answer.IsComplete)
            throw AnswerErrors.TooLarge(call);
        return content.Problem is null
            ? new RequestOperation.Output(answer.Status, answer.Headers, content.Body)
            : throw AnswerErrors.Malformed(call, answer, content.Problem);
    }
}
