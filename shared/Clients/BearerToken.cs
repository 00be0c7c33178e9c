using System.Net.Http.Headers;

namespace Integration.Clients;

/// <summary>Shows with every request who calls.</summary>
/// <param name="token">An API token or JWT; null shows nothing.</param>
public sealed class BearerToken(string? token) : DelegatingHandler
{
    private readonly AuthenticationHeaderValue? _header = token is null
        ? null
        : new AuthenticationHeaderValue("Bearer", token);

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Authorization = _header;
        return base.SendAsync(request, cancellationToken);
    }
}
