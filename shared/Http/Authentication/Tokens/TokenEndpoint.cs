using Integration.Errors;

namespace Integration.Http;

/// <summary>Asks a token endpoint, over the same guarded connections as every call.</summary>
internal sealed class TokenEndpoint(HttpTransport transport, HttpTransportOptions options, TimeProvider time)
{
    // A token is a few kilobytes; what is longer is no answer of a token endpoint.
    private const int LargestAnswer = 256 * 1024;

    /// <exception cref="TaskErrorException">There is no token; see <see cref="TokenErrors"/>.</exception>
    public async Task<AccessToken> AskAsync(TokenRequest asked)
    {
        using var patience = new CancellationTokenSource(options.TokenTimeout, time);
        using var request = asked.ToMessage();
        try
        {
            using var response = await transport.SendAsync(request, options.ConnectTimeout, patience.Token);
            var status = (int)response.StatusCode;
            var body = await ReadAsync(response, patience.Token);
            if (status != 200)
                throw TokenErrors.Answered(
                    asked.Uri,
                    status,
                    TokenAnswer.Error(body),
                    RetryAfter.Read(response.Headers, time)
                );
            return TokenAnswer.Token(body, time.GetUtcNow(), out var problem)
                ?? throw TokenErrors.Malformed(asked.Uri, problem);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw TokenErrors.NotInTime(asked.Uri, options.TokenTimeout, e);
        }
        catch (UnreadableBodyException e)
        {
            throw TokenErrors.Malformed(asked.Uri, e.Message);
        }
        catch (Exception e) when (e is not TaskErrorException)
        {
            // What the guard and the certificate check refuse is reported as it is, with the endpoint as its target.
            throw CallErrors.Typed(e) is AccessErrorException refused
                ? TokenErrors.NotConnected(asked.Uri, refused)
                : TokenErrors.NoAnswer(asked.Uri, e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage answer,
        CancellationToken cancellation
    )
    {
        try
        {
            return (await LimitedBody.ReadAsync(answer, LargestAnswer, cancellation)).Bytes;
        }
        // The status of a failure says enough.
        catch (UnreadableBodyException) when (!answer.IsSuccessStatusCode)
        {
            return default;
        }
    }
}
