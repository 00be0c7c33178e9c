using Integration.Ldap.Protocol;

namespace Integration.Ldap.Search;

/// <summary>A search, and how far it goes.</summary>
/// <param name="Query">What is looked for.</param>
/// <param name="Limit">Most entries.</param>
/// <param name="MayTruncate">Whether the first ones are enough, or more of them are an error.</param>
/// <param name="PageSize">Entries that are asked for at once.</param>
/// <param name="TimeLimit">For all pages together.</param>
internal sealed record WantedEntries(SearchQuery Query, int Limit, bool MayTruncate, int PageSize, TimeSpan TimeLimit);

/// <summary>How a search ended.</summary>
/// <param name="Count">How many entries were taken.</param>
/// <param name="Complete">Whether there are no more.</param>
/// <param name="Referrals">Other servers that would know more; null for none.</param>
internal sealed record SearchOutcome(int Count, bool Complete, IReadOnlyList<string>? Referrals);
