using System.Collections.Concurrent;
using System.Text;
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

    /// <summary>Written with its byte order mark; null for utf-8 without one.</summary>
    public Encoding? Marked { get; set; }

    /// <summary>How the answer of the endpoint is packed; null for not at all.</summary>
    public string? Packed { get; set; }

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
        var text = $$"""{"access_token":"token-{{number}}-{{Guid.NewGuid():N}}","token_type":"bearer"{{Members}}}""";
        byte[] body = [.. Marked?.GetPreamble() ?? [], .. (Marked ?? Encoding.UTF8).GetBytes(text)];
        if (Packed is not null)
        {
            context.Response.Headers.ContentEncoding = PackedContent.HeaderOf(Packed);
            body = PackedContent.Pack(body, Packed);
        }

        await context.Response.Body.WriteAsync(body);
    }
}
