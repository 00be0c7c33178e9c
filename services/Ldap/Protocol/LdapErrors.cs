using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Ldap.Protocol;

/// <summary>What goes wrong between us and a directory server, as errors of the contract.</summary>
[Raises(
    ErrorCategory.Connectivity,
    "connection-lost",
    "The connection ended before the answer.",
    "Wait; it is retried. Look at the server when it comes again."
)]
[Raises(
    ErrorCategory.Connectivity,
    "timeout",
    "The server did not answer in time.",
    "Look at the server; raise `Ldap__AnswerTimeout` when it needs longer."
)]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "The server speaks no TLS on this port, or none that both sides accept.",
    "Check `Ldap__Servers__NAME__Uri`: ldaps:// is TLS from the first byte, ldap:// is StartTLS."
)]
[Raises(
    ErrorCategory.Access,
    "starttls-not-offered",
    "The server offers no StartTLS. Nothing was said to it.",
    "Use ldaps:// in `Ldap__Servers__NAME__Uri`, or set up TLS in the server."
)]
[Raises(
    ErrorCategory.Data,
    "malformed-answer",
    "What answers is no LDAP server.",
    "Check host and port in `Ldap__Servers__NAME__Uri`."
)]
[Raises(
    ErrorCategory.Volumetric,
    "message-too-large",
    "The server sent an entry that is larger than this service takes.",
    "Ask for fewer attributes, or raise `Ldap__MaxMessageBytes`."
)]
[RaisesFrom(typeof(ResultErrors))]
[RaisesFrom(typeof(GuardedConnector))]
[RaisesFrom(typeof(TlsHandshake))]
internal static class LdapErrors
{
    /// <summary>The code of a connection that ended.</summary>
    public const string ConnectionLost = "connection-lost";

    /// <summary>Appended to the message of an error that leaves the outcome open.</summary>
    public const string Unknown = " Whether the request had its effect is not known.";

    public static ConnectivityErrorException Lost(string target, string what, bool inDoubt, Exception? cause) =>
        new(ConnectionLost, $"{target} {what}.{(inDoubt ? Unknown : "")}", cause)
        {
            Target = target,
            EffectUnknown = inDoubt,
        };

    /// <summary>The server said why it hangs up (RFC 4511, 4.4.1).</summary>
    public static ConnectivityErrorException Disconnected(string target, LdapResult why, bool inDoubt) =>
        Lost(target, $"ended the connection: {ResultErrors.Describe(why)}", inDoubt, cause: null);

    public static ConnectivityErrorException Timeout(string target, TimeSpan limit, bool inDoubt, Exception cause) =>
        new("timeout", $"{target} did not answer within {limit.TotalSeconds:0.###} s.{(inDoubt ? Unknown : "")}", cause)
        {
            Target = target,
            EffectUnknown = inDoubt,
        };

    public static ConnectivityErrorException Tls(string target, string reason, Exception? cause = null) =>
        new("tls-failed", $"No TLS connection to {target}: {reason}", cause) { Target = target };

    public static DataErrorException Malformed(string target, string what, bool inDoubt, Exception? cause = null) =>
        new("malformed-answer", $"{target} sent {what}.{(inDoubt ? Unknown : " Check host and port.")}", cause)
        {
            Target = target,
            EffectUnknown = inDoubt,
        };

    public static VolumetricErrorException TooLarge(string target, long size, int limit, bool inDoubt) =>
        new(
            "message-too-large",
            $"{target} sent a message of {size} bytes; {limit} are taken at most (Ldap__MaxMessageBytes). Ask for fewer "
                + $"attributes.{(inDoubt ? Unknown : "")}"
        )
        {
            Target = target,
            EffectUnknown = inDoubt,
        };

    public static AccessErrorException NoStartTls(string target, string server, LdapResult answer) =>
        new(
            "starttls-not-offered",
            $"{target} offers no StartTLS ({ResultErrors.Describe(answer)}), and without it the connection could be read on the way. "
                + $"Set Ldap__Servers__{server}__Uri to ldaps:// (usually port 636), or set up TLS in the server. Nothing was sent."
        )
        {
            Target = target,
        };
}
