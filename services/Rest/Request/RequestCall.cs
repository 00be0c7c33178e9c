using Integration.Http;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>A task's inputs as a call.</summary>
internal static class RequestCall
{
    public static HttpCall Of(RequestOperation.Input input, TaskContext task, CallLimits limits, int redirects)
    {
        var address = RequestAddress.Of(input);
        var headers = RequestHeaders.Of(input, task);
        var body = RequestBody.Of(input, headers);
        return new HttpCall
        {
            Method = HttpMethod.Parse(input.Method.ToString().ToUpperInvariant()),
            Uri = address.Uri,
            Place = address.Place,
            Headers = [.. headers],
            Body = body,
            Authentication = input.Authentication,
            Redirects = redirects,
            Effect = task.Effect,
            Limits = limits,
        };
    }
}
