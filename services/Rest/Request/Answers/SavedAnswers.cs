using Integration.Files;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>Answers that go into a file store while they arrive.</summary>
public sealed class SavedAnswers(IFileStores files)
{
    private const int LongestName = 255;

    /// <summary>Saves what is a success; everything else is read and reported as for any other answer.</summary>
    internal async Task<RequestOperation.Output> ReadAsync(
        HttpCall call,
        RequestOperation.Input input,
        AnswerForm form,
        StreamedAnswer answer,
        CancellationToken cancellation
    )
    {
        var hasBody = call.Method != HttpMethod.Head && answer.Status is not (204 or 205 or 304);
        if (!hasBody || !ExpectedStatuses.Contain(input.Expect, answer.Status))
        {
            var whole = await answer.ReadAsync(cancellation);
            AnswerReader.Judge(call, input, whole, AnswerContent.Of(whole, AnswerForm.Default));
            return new RequestOperation.Output(answer.Status, answer.Headers);
        }

        await using var body = await answer.OpenAsync(cancellation);
        var start = MustRead(input, answer)
            ? await AnswerStart.ReadAsync(body, call.Limits.MaxAnswerBytes, cancellation)
            : AnswerStart.Unread;
        var known = start.Of(answer);
        AnswerReader.Judge(call, input, known, AnswerContent.Of(known, AnswerForm.Default));
        var file = await files.SaveAsync(
            form.Store!,
            start.Before(body),
            form.Name ?? NameOf(call, answer),
            answer.Headers.GetValueOrDefault("content-type"),
            cancellation
        );
        return new RequestOperation.Output(answer.Status, answer.Headers) { File = file };
    }

    // What an answer says is looked at only where the task asks, and where it may say something.
    private static bool MustRead(RequestOperation.Input input, StreamedAnswer answer) =>
        MediaTypes.IsReadable(answer.MediaType)
        && (
            input.Errors?.Any(one => one.When is not null) == true
            || input.Failures?.Any(one => one.When is not null) == true
        );

    // A name from outside: never a path, and nothing that a screen or a shell would stumble over.
    private static string? NameOf(HttpCall call, StreamedAnswer answer)
    {
        var told = answer.Headers.TryGetValue("content-disposition", out var text) ? DispositionName.Of(text) : null;
        var name = (told ?? Uri.UnescapeDataString(call.Uri.Segments[^1])).Split('/', '\\')[^1];
        name = new string([.. name.Where(c => !char.IsControl(c)).Take(LongestName)]).Trim();
        return name is "" or "." or ".." ? null : name;
    }
}
