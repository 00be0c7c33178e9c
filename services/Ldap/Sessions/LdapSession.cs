using Integration.Errors;
using Integration.Ldap.Filters;
using Integration.Ldap.Protocol;

namespace Integration.Ldap.Sessions;

/// <summary>A connection that is secured and, for work, logged in: one request after the other.</summary>
internal sealed class LdapSession(LdapConnection connection, LdapOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Of a search: what more other servers would know is not kept.</summary>
    public const int MostReferences = 100;

    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _shortProbe = TimeSpan.FromSeconds(2);

    // The server ends a search at its time limit; when it does not, we do.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    private static readonly SearchQuery _anything = new(
        "",
        SearchScope.Entry,
        Filter.Everything,
        [SearchQuery.NoAttributes]
    );

    private long _usedAt = time.GetTimestamp();

    public string Target => connection.Target;

    /// <summary>How long nothing was asked.</summary>
    public TimeSpan IdleFor => time.GetElapsedTime(_usedAt);

    public bool Usable => !connection.Broken && !connection.Unanswered;

    /// <summary>Whether something came while no request was open: the end, or the server's last words.</summary>
    public bool WasSpokenTo => connection.WasSpokenTo;

    /// <summary>Nothing was handed to the network since <see cref="Begin"/>.</summary>
    public bool NothingSent { get; private set; } = true;

    /// <summary>Nothing was answered since <see cref="Begin"/>.</summary>
    public bool NothingAnswered { get; private set; } = true;

    /// <summary>A new piece of work.</summary>
    public void Begin() => NothingSent = NothingAnswered = true;

    /// <summary>The work is done.</summary>
    public void Rest() => _usedAt = time.GetTimestamp();

    /// <summary>A request with one answer.</summary>
    public Task<LdapResult> AskAsync(LdapRequest request, CancellationToken cancellation) =>
        AskAsync(request, options.AnswerTimeout, cancellation);

    /// <summary>The next page of a search.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="size">Entries of the page.</param>
    /// <param name="cookie">Of the page before; empty for the first.</param>
    /// <param name="limit">Time for the page.</param>
    /// <param name="take">Takes an entry; false when it wants no more, which ends the session.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<SearchPage> SearchAsync(
        SearchQuery query,
        int size,
        ReadOnlyMemory<byte> cookie,
        TimeSpan limit,
        Func<LdapEntry, ValueTask<bool>> take,
        CancellationToken cancellation
    )
    {
        var began = time.GetTimestamp();
        var request = LdapRequests.Search(query, Math.Max(1, (int)Math.Ceiling(limit.TotalSeconds))) with
        {
            Controls = [LdapControl.PagedResults(size, cookie)],
        };
        await SendAsync(request, options.AnswerTimeout, cancellation);
        var references = new List<string>();
        while (true)
        {
            var left = limit + _grace - time.GetElapsedTime(began);
            var message = await ReceiveAsync(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), cancellation);
            if (message.Tag == LdapTags.SearchEntry)
            {
                if (await take(connection.Decode(message.Entry)))
                    continue;
                // The rest of the page is still on its way: hanging up ends the search on the server, too.
                connection.Abandon();
                return new SearchPage(null, ReadOnlyMemory<byte>.Empty, references);
            }

            if (message.Tag == LdapTags.SearchReference)
            {
                references.AddRange(connection.Decode(message.References).Take(MostReferences - references.Count));
            }
            else if (message.Tag != LdapTags.IntermediateResponse)
            {
                var result = connection.Decode(() => message.Result(LdapTags.SearchDone));
                connection.Settle();
                return new SearchPage(result, connection.Decode(() => SearchPage.CookieOf(result)), references);
            }
        }
    }

    /// <summary>Reads a part of an answer; when it cannot be read, the session is of no more use.</summary>
    public T Read<T>(Func<T> read) => connection.Decode(read);

    /// <summary>Whether the server still answers: firewalls forget connections that are silent, and say nothing.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            var limit = options.ConnectTimeout < _shortProbe ? options.ConnectTimeout : _shortProbe;
            await SendAsync(LdapRequests.Search(_anything, 1), limit, cancellation);
            while ((await ReceiveAsync(limit, cancellation)).Tag != LdapTags.SearchDone) { }
            connection.Settle();
            return true;
        }
        catch (TaskErrorException)
        {
            return false;
        }
    }

    /// <summary>Says goodbye, if the server listens, and hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Usable)
                await connection.SendAsync(LdapRequests.Unbind(), _farewell, CancellationToken.None);
        }
        catch (TaskErrorException)
        {
            // It has hung up first.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<LdapResult> AskAsync(LdapRequest request, TimeSpan limit, CancellationToken cancellation)
    {
        await SendAsync(request, limit, cancellation);
        var message = await ReceiveAsync(limit, cancellation);
        var result = connection.Decode(() => message.Result(request.Answer));
        connection.Settle();
        return result;
    }

    private async Task SendAsync(LdapRequest request, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await connection.SendAsync(request, limit, cancellation);
        }
        finally
        {
            NothingSent &= !connection.Unanswered;
        }
    }

    private async Task<LdapMessage> ReceiveAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var message = await connection.ReceiveAsync(limit, cancellation);
        NothingAnswered = false;
        return message;
    }
}
