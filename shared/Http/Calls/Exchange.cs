using System.Net;

namespace Integration.Http;

/// <summary>
/// What one attempt of a call sends until there is an answer to read: its request, the same again with another proof of who it
/// comes from, and what follows from redirects.
/// </summary>
internal sealed class Exchange(HttpTransport transport, Authenticators authenticators, HttpCall call, Action moved)
    : IDisposable
{
    private static readonly SentContent _nothing = new BytesContent(default);

    private readonly List<HttpRequestMessage> _requests = [];
    private SentContent? _content;
    private Version _version = HttpVersion.Version20;

    /// <summary>The call whose request was sent last.</summary>
    public HttpCall Call { get; private set; } = call;

    /// <summary>Whether a request is at the target that it has not refused. Otherwise one is being prepared.</summary>
    public bool IsSending { get; private set; }

    /// <summary>What the target may have; null for a request without a body.</summary>
    public SentContent? Content => IsSending ? _content : _nothing;

    /// <summary>Whether the body was read and cannot be read again.</summary>
    public bool IsSpent => _content?.IsSpent == true;

    /// <summary>Returns when the headers of the answer are there that is to be read.</summary>
    public async Task<HttpResponseMessage> SendAsync(CancellationToken cancellation)
    {
        for (var followed = 0; ; followed++)
        {
            var response = await AuthenticatedAsync(cancellation);
            try
            {
                if (Redirection.Next(Call, response, followed, authenticators.Mask) is not { } next)
                    return response;
                Call = next;
            }
            catch
            {
                response.Dispose();
                throw;
            }

            response.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var request in _requests)
            request.Dispose();
    }

    private async Task<HttpResponseMessage> AuthenticatedAsync(CancellationToken cancellation)
    {
        IsSending = false;
        var authenticator = authenticators.Of(Call);
        while (true)
        {
            var request = Call.ToRequest(moved, out var content);
            _requests.Add(request);
            if (authenticator is not null)
                await authenticator.ApplyAsync(request, cancellation);
            (_content, IsSending) = (content, true);
            HttpResponseMessage response;
            try
            {
                response = await transport.SendAsync(request, _version, Call.Limits.Connect, cancellation);
            }
            // IIS asks for it where it wants a certificate or Windows credentials (RFC 9113, 7).
            catch (HttpRequestException e)
                when (_version == HttpVersion.Version20 && !IsSpent && RefusedStreams.WantsHttp1(e))
            {
                _version = HttpVersion.Version11;
                IsSending = false;
                continue;
            }

            if (response.StatusCode != HttpStatusCode.Unauthorized || authenticator is null || IsSpent)
                return response;
            // It has refused what it got, so nothing was done.
            IsSending = false;
            if (!await AnotherAsync(authenticator, response, cancellation))
            {
                IsSending = true;
                return response;
            }
        }
    }

    /// <summary>Ends the refusal, unless it is the answer.</summary>
    private static async Task<bool> AnotherAsync(
        Authenticator authenticator,
        HttpResponseMessage refusal,
        CancellationToken cancellation
    )
    {
        var another = true;
        try
        {
            another = await authenticator.AnotherAsync(refusal, cancellation);
            return another;
        }
        finally
        {
            if (another)
                refusal.Dispose();
        }
    }
}
