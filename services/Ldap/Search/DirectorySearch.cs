using Integration.Contracts;
using Integration.Errors;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;

namespace Integration.Ldap.Search;

/// <summary>Searches page by page, on one connection.</summary>
[Raises(
    ErrorCategory.Volumetric,
    "too-many-entries",
    "There are more entries than the service hands out.",
    "Narrow the filter, set `limit` when the first ones are enough, or name a `fileStore`."
)]
[RaisesFrom(typeof(LdapErrors))]
internal sealed class DirectorySearch(LdapSessions sessions, TimeProvider time)
{
    private static readonly TimeSpan _release = TimeSpan.FromSeconds(1);

    /// <summary>Hands every entry to <paramref name="take"/>.</summary>
    public Task<SearchOutcome> RunAsync(
        LdapServer server,
        WantedEntries wanted,
        Func<LdapEntry, ValueTask> take,
        CancellationToken cancellation
    ) =>
        sessions.UseAsync(
            server,
            SessionPurpose.Work,
            reads: true,
            session => RunAsync(session, wanted, take, cancellation),
            cancellation
        );

    private async Task<SearchOutcome> RunAsync(
        LdapSession session,
        WantedEntries wanted,
        Func<LdapEntry, ValueTask> take,
        CancellationToken cancellation
    )
    {
        var began = time.GetTimestamp();
        var (count, beyond) = (0, 0);
        var referrals = new List<string>();
        var cookie = ReadOnlyMemory<byte>.Empty;
        do
        {
            // One more than wanted, to see whether there are more.
            var size = Math.Min(wanted.PageSize, wanted.Limit - count + 1);
            var page = await session.SearchAsync(
                wanted.Query,
                size,
                cookie,
                Left(),
                async entry =>
                {
                    // A server without pages would send all of them.
                    if (count == wanted.Limit)
                        return ++beyond == 1;
                    count++;
                    await take(entry);
                    return true;
                },
                cancellation
            );
            referrals.AddRange(page.References.Take(LdapSession.MostReferences - referrals.Count));
            if (page.Result is { IsSuccess: false } refusal)
                throw ResultErrors.Of(session.Target, $"the search below '{wanted.Query.Base}'", refusal);
            cookie = page.Cookie;
        } while (cookie.Length > 0 && beyond == 0);

        if (cookie.Length > 0)
            await ReleaseAsync(session, wanted, cookie, cancellation);
        if (beyond > 0 && !wanted.MayTruncate)
            throw TooMany(session.Target, wanted.Limit);
        return new SearchOutcome(count, beyond == 0, referrals.Count > 0 ? referrals : null);

        TimeSpan Left() =>
            wanted.TimeLimit - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero
                ? left
                : throw OutOfTime(session.Target, wanted.TimeLimit);
    }

    /// <summary>Has the server forget the search: no further page is wanted. What was found counts, whatever it answers.</summary>
    private static async Task ReleaseAsync(
        LdapSession session,
        WantedEntries wanted,
        ReadOnlyMemory<byte> cookie,
        CancellationToken cancellation
    )
    {
        try
        {
            await session.SearchAsync(
                wanted.Query,
                0,
                cookie,
                _release,
                _ => ValueTask.FromResult(false),
                cancellation
            );
        }
        catch (TaskErrorException)
        {
            // The session is not used again.
        }
    }

    private static VolumetricErrorException TooMany(string target, int limit) =>
        new(
            "too-many-entries",
            $"{target} has more than {limit} entries that fit; the service hands out no more (Ldap__MaxEntries, Ldap__MaxFileEntries). "
                + "Narrow the filter, set limit when the first ones are enough, or name a fileStore."
        )
        {
            Target = target,
        };

    private static VolumetricErrorException OutOfTime(string target, TimeSpan limit) =>
        new(
            "time-limit-exceeded",
            $"{target} did not send all entries within {limit.TotalSeconds:0.###} s. Use a filter that an index supports, or raise timeLimit."
        )
        {
            Target = target,
        };
}
