using System.Net;

namespace Integration.Http;

/// <summary>
/// What one attempt of a call sends until there is an answer to read: its request, the same again with another proof of who it
/// comes from, and what follows from redirects.
/// </summary>
internal sealed class Exchange(HttpTransport transport, Authenticators authenticators, HttpCall call) : IDisposable
{
    private readonly List<IDisposable> _requests = [];
    private bool _sending;

    /// <summary>The call whose request was sent last.</summary>
    public HttpCall Call { get; private set; } = call;

    /// <summary>The body of the last request; null when it has none.</summary>
    public SentContent? Content { get; private set; }

    /// <summary>Whether the target may have a whole request that it did not refuse.</summary>
    public bool Sent => _sending && (Content?.Begun ?? true);

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
        foreach (var one in _requests)
            one.Dispose();
    }

    private async Task<HttpResponseMessage> AuthenticatedAsync(CancellationToken cancellation)
    {
        var authenticator = authenticators.Of(Call);
        while (true)
        {
            var request = Call.ToRequest(out var content);
            _requests.Add(request);
            if (authenticator is not null)
                await authenticator.ApplyAsync(request, cancellation);
            (Content, _sending) = (content, true);
            var response = await transport.SendAsync(request, Call.Limits.Connect, cancellation);
            if (response.StatusCode != HttpStatusCode.Unauthorized || authenticator is null)
                return response;
            // It has refused what it got, so nothing was done.
            _sending = false;
            if (!await authenticator.AnotherAsync(response, cancellation))
            {
                _sending = true;
                return response;
            }

            response.Dispose();
        }
    }
}
