using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Ldap.Protocol;

/// <summary>
/// What a server refuses, as errors of the contract. Requests are atomic, so it did nothing; but a proxy answers some codes
/// when it lost the server behind it, and then a change may have been made there.
/// </summary>
[Raises(
    ErrorCategory.Data,
    "no-such-object",
    "There is no entry of this name (32).",
    "Check the name; `details` has the nearest entry that there is."
)]
[Raises(
    ErrorCategory.Data,
    "already-exists",
    "There is such an entry already (68).",
    "Choose another name, or modify it."
)]
[Raises(
    ErrorCategory.Data,
    "constraint-violation",
    "A value breaks a rule of the directory, e.g. for passwords or uniqueness (19).",
    "Read the server's words in the message."
)]
[Raises(
    ErrorCategory.Data,
    "invalid-value",
    "A value does not have the form that its attribute wants (21), or may not be looked for in this way (18).",
    "Read the server's words in the message; look at the schema."
)]
[Raises(
    ErrorCategory.Data,
    "undefined-attribute",
    "The directory's schema has no such attribute (17).",
    "Check its spelling."
)]
[Raises(ErrorCategory.Data, "value-exists", "The value is there already (20).", "Set `permissive`, when that is fine.")]
[Raises(
    ErrorCategory.Data,
    "no-such-attribute",
    "What is to be removed is not there (16).",
    "Set `permissive`, when that is fine."
)]
[Raises(
    ErrorCategory.Data,
    "object-class-violation",
    "The entry would not be what its object classes want (65, 69).",
    "Give the attributes that they require, and no others."
)]
[Raises(
    ErrorCategory.Data,
    "naming-violation",
    "The entry may not have this name or this place (64), or the name itself would change (67).",
    "Name it by one of its attributes; use ldap.rename to change a name."
)]
[Raises(ErrorCategory.Data, "not-a-leaf", "There are entries below it (66).", "Delete those first.")]
[Raises(ErrorCategory.Data, "invalid-name", "The server does not understand the name (34).", "Check the name.")]
[Raises(
    ErrorCategory.Data,
    "alias-problem",
    "An alias leads nowhere, or may not be followed (33, 36).",
    "Name the entry itself."
)]
[Raises(
    ErrorCategory.Data,
    "referral",
    "Another server has the entry (10, 71). Referrals are not followed.",
    "Configure the server that `details` names, and send the task there."
)]
[Raises(
    ErrorCategory.Data,
    "not-supported",
    "The server lacks an extension that the request needs (12).",
    "Do without, e.g. without `permissive`."
)]
[Raises(
    ErrorCategory.Data,
    "refused",
    "The server does not do this (53 and others).",
    "Read the server's words in the message."
)]
[Raises(
    ErrorCategory.Access,
    "invalid-credentials",
    "The server does not accept the service's own account (49).",
    "Check `Ldap__Servers__NAME__BindDn` and its password."
)]
[Raises(
    ErrorCategory.Access,
    "insufficient-access",
    "The service's own account may not do this (50), or has to log in first (1).",
    "Give it the right in the directory, or leave it out."
)]
[Raises(
    ErrorCategory.Access,
    "authentication-refused",
    "The server wants another kind of authentication or protection (7, 8, 13, 48).",
    "Use TLS; read the server's words in the message."
)]
[Raises(
    ErrorCategory.Volumetric,
    "size-limit-exceeded",
    "The server gives out no more entries (4, 11).",
    "Narrow the filter, use smaller pages, or raise the limit in the server."
)]
[Raises(
    ErrorCategory.Volumetric,
    "time-limit-exceeded",
    "The search took longer than it may (3).",
    "Use a filter that an index supports, or raise `timeLimit`."
)]
[Raises(ErrorCategory.Volumetric, "throttled", "The server is busy (51).", "Wait; it is retried slowly.")]
[Raises(
    ErrorCategory.Connectivity,
    "unavailable",
    "The server cannot work at the moment (52, 80 and others). A change that cannot be repeated is in doubt then.",
    "Wait; it is retried."
)]
internal static class ResultErrors
{
    private const int Longest = 500;

    /// <summary>The error for a result that is no success.</summary>
    /// <param name="target">Who answered.</param>
    /// <param name="what">What it refuses, e.g. <c>the search below dc=example,dc=org</c>.</param>
    /// <param name="result">Its answer.</param>
    public static TaskErrorException Of(string target, string what, LdapResult result) =>
        Of(target, what, result, unknown: false);

    /// <summary>The same for a request that changes something.</summary>
    public static TaskErrorException OfChange(string target, string what, LdapResult result) =>
        Of(
            target,
            what,
            result,
            unknown: result.Code
                is ResultCode.Unavailable
                    or ResultCode.Other
                    or ResultCode.TimeLimitExceeded
                    or ResultCode.AdminLimitExceeded
        );

    private static TaskErrorException Of(string target, string what, LdapResult result, bool unknown)
    {
        var message = $"{target} refuses {what}: {Describe(result)}.{(unknown ? LdapErrors.Unknown : "")}";
        var details = Details(result);
        var (category, code, status) = Kind(result);
        return TaskErrorException.Of(
            category,
            code,
            message,
            facts: new ErrorFacts
            {
                Target = target,
                Status = status,
                Details = details,
                Retryable = category == ErrorCategory.Volumetric ? result.Code == ResultCode.Busy : null,
                EffectUnknown = unknown && category is ErrorCategory.Volumetric or ErrorCategory.Connectivity,
            }
        );
    }

    /// <summary>Code and words of an answer, fit to be shown.</summary>
    public static string Describe(LdapResult result)
    {
        var words = new string([.. result.Message.Take(Longest).Select(one => char.IsControl(one) ? ' ' : one)]).Trim();
        var name = Enum.IsDefined(result.Code) ? JsonNamingPolicy.CamelCase.ConvertName($"{result.Code}") : "result";
        return $"{name} ({(int)result.Code}){(words.Length > 0 ? $", {words}" : "")}";
    }

    private static (ErrorCategory, string, int) Kind(LdapResult result) =>
        result.Code switch
        {
            // Active Directory's way to refuse anonymous searches.
            ResultCode.OperationsError when result.Message.Contains("bind", StringComparison.OrdinalIgnoreCase) => (
                ErrorCategory.Access,
                "insufficient-access",
                401
            ),
            ResultCode.TimeLimitExceeded => (ErrorCategory.Volumetric, "time-limit-exceeded", 504),
            ResultCode.SizeLimitExceeded or ResultCode.AdminLimitExceeded => (
                ErrorCategory.Volumetric,
                "size-limit-exceeded",
                413
            ),
            ResultCode.AuthMethodNotSupported
            or ResultCode.StrongerAuthRequired
            or ResultCode.ConfidentialityRequired
            or ResultCode.InappropriateAuthentication => (ErrorCategory.Access, "authentication-refused", 401),
            ResultCode.InvalidCredentials => (ErrorCategory.Access, "invalid-credentials", 401),
            ResultCode.InsufficientAccessRights => (ErrorCategory.Access, "insufficient-access", 403),
            ResultCode.Referral or ResultCode.AffectsMultipleDsas => (ErrorCategory.Data, "referral", 421),
            ResultCode.UnavailableCriticalExtension => (ErrorCategory.Data, "not-supported", 501),
            ResultCode.NoSuchAttribute => (ErrorCategory.Data, "no-such-attribute", 409),
            ResultCode.UndefinedAttributeType => (ErrorCategory.Data, "undefined-attribute", 400),
            ResultCode.InappropriateMatching or ResultCode.InvalidAttributeSyntax => (
                ErrorCategory.Data,
                "invalid-value",
                400
            ),
            ResultCode.ConstraintViolation => (ErrorCategory.Data, "constraint-violation", 422),
            ResultCode.AttributeOrValueExists => (ErrorCategory.Data, "value-exists", 409),
            ResultCode.NoSuchObject => (ErrorCategory.Data, "no-such-object", 404),
            ResultCode.AliasProblem or ResultCode.AliasDereferencingProblem => (
                ErrorCategory.Data,
                "alias-problem",
                400
            ),
            ResultCode.InvalidDnSyntax => (ErrorCategory.Data, "invalid-name", 400),
            ResultCode.Busy => (ErrorCategory.Volumetric, "throttled", 503),
            ResultCode.Unavailable or ResultCode.Other => (ErrorCategory.Connectivity, "unavailable", 503),
            ResultCode.NamingViolation or ResultCode.NotAllowedOnRdn => (ErrorCategory.Data, "naming-violation", 409),
            ResultCode.ObjectClassViolation or ResultCode.ObjectClassModsProhibited => (
                ErrorCategory.Data,
                "object-class-violation",
                422
            ),
            ResultCode.NotAllowedOnNonLeaf => (ErrorCategory.Data, "not-a-leaf", 409),
            ResultCode.EntryAlreadyExists => (ErrorCategory.Data, "already-exists", 409),
            _ => (ErrorCategory.Data, "refused", 400),
        };

    private static JsonElement Details(LdapResult result) =>
        JsonSerializer.SerializeToElement(
            new Answer(
                (int)result.Code,
                result.MatchedDn.Length == 0 ? null : result.MatchedDn,
                result.Referrals.Count == 0 ? null : [.. result.Referrals.Take(10)]
            ),
            OperationJson.Options
        );

    private sealed record Answer(int ResultCode, string? MatchedDn, IReadOnlyList<string>? Referrals);
}
