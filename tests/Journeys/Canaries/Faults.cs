using Microsoft.AspNetCore.Http;

namespace Integration.Journeys.Tests;

/// <summary>Places that fail in every way, and tell as much as they can of what they were told.</summary>
public sealed class Faults : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly List<IAsyncDisposable> _targets = [];

    /// <summary>Nobody listens there.</summary>
    public int Nobody { get; } = FreePort.Next();

    /// <summary>Takes connections and says nothing.</summary>
    public int Silent { get; private set; }

    /// <summary>Resets the connection as soon as it was told something.</summary>
    public int Resetting { get; private set; }

    /// <summary>Answers what no protocol knows, and before that everything that it was told.</summary>
    public int Babbling { get; private set; }

    /// <summary>Speaks TLS, with a certificate of nobody.</summary>
    public int Untrusted { get; private set; }

    public static async Task<Faults> StartAsync()
    {
        var faults = new Faults();
        faults.Silent = faults.Tcp(conversation => conversation.BeSilentAsync());
        faults.Resetting = faults.Tcp(async conversation =>
        {
            await conversation.ReadAsync();
            conversation.Reset();
        });
        faults.Babbling = faults.Tcp(async conversation =>
        {
            var told = await conversation.ReadAsync();
            await conversation.WriteAsync("babble ");
            await conversation.WriteAsync(told);
            await conversation.WriteAsync("\r\n\r\n");
        });
        var untrusted = await HttpTarget.StartAsync(_ => Task.CompletedTask, faults._authority.Issue());
        faults._targets.Add(untrusted);
        faults.Untrusted = untrusted.Uri.Port;
        return faults;
    }

    /// <summary>An HTTP server that answers with a status, and repeats all that it was told.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="body">Of the answer; <c>{0}</c> is what it was told.</param>
    public async Task<Uri> EchoAsync(int status, string body)
    {
        HttpTarget target = null!;
        target = await HttpTarget.StartAsync(context =>
        {
            var request = target.Requests.Last();
            var told = $"{request.Target} {string.Join(' ', request.Headers.Select(one => one.Value))} {request.Body}";
            context.Response.StatusCode = status;
            context.Response.ContentType = body.StartsWith('<') ? "application/xml" : "application/json";
            context.Response.Headers["X-Echo"] = request.Target;
            return context.Response.WriteAsync(
                body.Replace("{0}", System.Security.SecurityElement.Escape(told), StringComparison.Ordinal)
            );
        });
        _targets.Add(target);
        return target.Uri;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var target in _targets)
            await target.DisposeAsync();
        _authority.Dispose();
    }

    private int Tcp(Func<TcpConversation, Task> script)
    {
        var target = TcpTarget.Start(script);
        _targets.Add(target);
        return target.Port;
    }
}
