using System.Collections.Concurrent;
using Integration.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Integration.Http.Tests;

/// <summary>A token endpoint and a target that takes its tokens, for what a real one cannot be made to show.</summary>
internal sealed class TokenEndpointDouble : IAsyncDisposable
{
    private int _issued;

    private TokenEndpointDouble() { }

    /// <summary>Answers the endpoint's requests in the place of a token; false for a token.</summary>
    public Func<HttpContext, Task<bool>> Answer { get; set; } = _ => Task.FromResult(false);

    /// <summary>Further members of the endpoint's answer, e.g. <c>,"expires_in":60</c>.</summary>
    public string Members { get; set; } = ",\"expires_in\":3600";

    /// <summary>Tokens that the target does not take any more.</summary>
    public ConcurrentBag<string> Withdrawn { get; } = [];

    public HttpTarget Endpoint { get; private set; } = null!;

    public HttpTarget Target { get; private set; } = null!;

    public int Issued => Volatile.Read(ref _issued);

    /// <summary>The forms that the endpoint got.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Forms =>
        [
            .. Endpoint.Requests.Select(request =>
                (IReadOnlyDictionary<string, string>)
                    QueryHelpers
                        .ParseQuery(request.Body)
                        .ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal)
            ),
        ];

    public static async Task<TokenEndpointDouble> StartAsync()
    {
        var both = new TokenEndpointDouble();
        both.Endpoint = await HttpTarget.StartAsync(both.IssueAsync);
        both.Target = await HttpTarget.StartAsync(context =>
        {
            var token = context.Request.Headers.Authorization.ToString();
            if (!token.StartsWith("Bearer token-", StringComparison.Ordinal) || both.Withdrawn.Contains(token[7..]))
                context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        return both;
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        await Target.DisposeAsync();
    }

    private async Task IssueAsync(HttpContext context)
    {
        if (await Answer(context))
            return;

        var number = Interlocked.Increment(ref _issued);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$"""{"access_token":"token-{{number}}-{{Guid.NewGuid():N}}","token_type":"bearer"{{Members}}}"""
        );
    }
}
