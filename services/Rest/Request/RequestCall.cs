using Integration.Files;
using Integration.Http;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>A task's inputs as a call.</summary>
internal static class RequestCall
{
    public static HttpCall Of(
        RequestOperation.Input input,
        AnswerForm form,
        TaskContext task,
        IFileStores files,
        RestOptions rest,
        HttpTransportOptions transport
    )
    {
        var address = RequestAddress.Of(input);
        var headers = RequestHeaders.Of(input, form, task);
        var body = RequestBody.Of(input, headers, files);
        var transfers = body.Streamed is not null || form.Kind == AnswerKind.File;
        return new HttpCall
        {
            Method = RequestMethods.Of(input.Method),
            Uri = address.Uri,
            Place = address.Place,
            Headers = [.. headers],
            Body = body.Bytes,
            Streamed = body.Streamed,
            Authentication = input.Authentication,
            Redirects = RequestLimits.Redirects(input, rest),
            Compress = Compression.Of(input, headers),
            MayRepeat = task.Effect != Effect.Once,
            Limits = RequestLimits.Of(input, form.Kind, transfers, rest, transport),
        };
    }
}
