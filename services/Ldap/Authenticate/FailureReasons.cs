using System.Text.RegularExpressions;
using Integration.Ldap.Protocol;

namespace Integration.Ldap.Authenticate;

/// <summary>Reads from a server's answer why a user was not let in: each kind of server says it in its own way.</summary>
internal static partial class FailureReasons
{
    /// <summary>Null when the answer is about something else than the user.</summary>
    public static FailureReason? Of(LdapResult result, PasswordPolicy policy) =>
        result.Code switch
        {
            ResultCode.InvalidCredentials => OfPolicy(policy.Error) ?? OfActiveDirectory(result.Message),
            ResultCode.NoSuchObject => FailureReason.UnknownUser,
            ResultCode.InappropriateAuthentication => FailureReason.NoPassword,
            // 389 Directory Server: too many wrong passwords; an account that was switched off.
            ResultCode.ConstraintViolation => FailureReason.Locked,
            ResultCode.UnwillingToPerform => FailureReason.Disabled,
            _ => null,
        };

    private static FailureReason? OfPolicy(int? error) =>
        error switch
        {
            0 => FailureReason.PasswordExpired,
            1 => FailureReason.Locked,
            2 => FailureReason.MustChangePassword,
            _ => null,
        };

    // "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v1db1": a Windows error, hexadecimal.
    private static FailureReason OfActiveDirectory(string message) =>
        Data().Match(message).Groups["code"].Value switch
        {
            "525" => FailureReason.UnknownUser,
            "530" or "531" or "533" or "701" => FailureReason.Disabled,
            "532" => FailureReason.PasswordExpired,
            "773" => FailureReason.MustChangePassword,
            "775" => FailureReason.Locked,
            _ => FailureReason.WrongPassword,
        };

    [GeneratedRegex(
        "AcceptSecurityContext error, data (?<code>[0-9a-f]+)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Data();
}
