namespace Integration.Ldap.Protocol;

/// <summary>The end of a request, as the server reports it (RFC 4511, 4.1.9).</summary>
/// <param name="Code">What came of it.</param>
/// <param name="MatchedDn">With "no such object": the nearest entry above that there is.</param>
/// <param name="Message">In the server's words; may be empty.</param>
/// <param name="Referrals">Other servers that it names; they are never followed.</param>
internal sealed record LdapResult(ResultCode Code, string MatchedDn, string Message, IReadOnlyList<string> Referrals)
{
    /// <summary>What extensions the server added, by their object identifier.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Controls { get; init; } =
        new Dictionary<string, ReadOnlyMemory<byte>>();

    public bool IsSuccess => Code == ResultCode.Success;
}
