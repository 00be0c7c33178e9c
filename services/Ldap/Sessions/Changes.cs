using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;

namespace Integration.Ldap.Sessions;

/// <summary>Changes of a directory.</summary>
internal static class Changes
{
    /// <summary>Makes a change. It is sent again only when the network had refused it: then no server can have it.</summary>
    public static Task<LdapResult> ChangeAsync(
        this LdapSessions sessions,
        LdapServer server,
        LdapRequest request,
        CancellationToken cancellation
    ) =>
        sessions.UseAsync(
            server,
            SessionPurpose.Work,
            reads: false,
            session => session.AskAsync(request, cancellation),
            cancellation
        );
}
