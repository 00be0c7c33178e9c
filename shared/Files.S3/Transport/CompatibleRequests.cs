using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Integration.Files.S3;

/// <summary>
/// Requests of the SDK as every store takes them. A deletion of several objects gets a <c>Content-MD5</c>: the SDK sends newer
/// checksums instead, which not every store knows, and those that do not insist on this one. None waits for
/// <c>100 (Continue)</c>, which costs a round trip. A redirect has no address: the SDK would follow it, to wherever. What the SDK would send again unasked: see <see cref="ConnectionFailure"/>.
/// </summary>
internal sealed class CompatibleRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    [SuppressMessage(
        "Security",
        "CA5351",
        Justification = "A check against damage on the way, as the protocol has it."
    )]
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Headers.ExpectContinue = false;
        if (
            request is { Content: { Headers.ContentMD5: null } content, RequestUri.Query: var query }
            && request.Method == HttpMethod.Post
            && query.TrimStart('?').Split('&').Any(part => part is "delete" or "delete=")
        )
        {
            content.Headers.ContentMD5 = MD5.HashData(await content.ReadAsByteArrayAsync(cancellationToken));
        }

        var response = await ConnectionFailure.CatchAsync(() => base.SendAsync(request, cancellationToken));
        response.Headers.Location = null;
        return response;
    }
}
