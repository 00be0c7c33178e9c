using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;

namespace Integration.Ldap.Modify;

/// <summary>
/// Changes after which it makes no difference whether a value was there already, or gone already. Active Directory forgives both by
/// its control. OpenLDAP knows the control and forgives the removal of an attribute that is not there, but not that of a value
/// that an attribute does not have (seen with 2.5 and 2.6).
/// </summary>
internal sealed class PermissiveChanges(LdapSessions sessions)
{
    // Another client may remove a value between our question and our change.
    private const int MostRounds = 4;

    /// <summary>All of the changes are made, or none.</summary>
    public async Task<LdapResult> ModifyAsync(
        LdapServer server,
        string dn,
        IReadOnlyList<LdapChange> changes,
        CancellationToken cancellation
    )
    {
        for (var round = 1; ; round++)
        {
            var request = LdapRequests.Modify(dn, changes) with { Controls = [LdapControl.PermissiveModify] };
            var result = await sessions.ChangeAsync(server, request, cancellation);
            if (result.Code != ResultCode.NoSuchAttribute || round == MostRounds)
                return result;
            var (left, omitted) = await WithoutMissingAsync(server, dn, changes, cancellation);
            if (!omitted)
                return result;
            if (left.Count == 0)
                return result with { Code = ResultCode.Success };
            changes = left;
        }
    }

    private async Task<(IReadOnlyList<LdapChange> Left, bool Omitted)> WithoutMissingAsync(
        LdapServer server,
        string dn,
        IReadOnlyList<LdapChange> changes,
        CancellationToken cancellation
    )
    {
        var left = new List<LdapChange>();
        var omitted = false;
        foreach (var change in changes)
        {
            if (change is not { Kind: ChangeKind.Delete, Values.Count: > 0 })
            {
                left.Add(change);
                continue;
            }

            var there = new List<ReadOnlyMemory<byte>>();
            foreach (var value in change.Values)
            {
                if (!await IsMissingAsync(server, dn, change.Attribute, value, cancellation))
                    there.Add(value);
            }

            omitted |= there.Count < change.Values.Count;
            // Without values the change would remove the whole attribute.
            if (there.Count > 0)
                left.Add(change with { Values = there });
        }

        return (left, omitted);
    }

    // Any other answer, such as that there is no right to compare, does not say that the value is missing.
    private async Task<bool> IsMissingAsync(
        LdapServer server,
        string dn,
        string attribute,
        ReadOnlyMemory<byte> value,
        CancellationToken cancellation
    )
    {
        var answer = await sessions.UseAsync(
            server,
            SessionPurpose.Work,
            reads: true,
            session => session.AskAsync(LdapRequests.Compare(dn, attribute, value), cancellation),
            cancellation
        );
        return answer.Code is ResultCode.CompareFalse or ResultCode.NoSuchAttribute;
    }
}
