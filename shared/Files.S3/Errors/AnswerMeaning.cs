using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files.S3;

/// <summary>What a store's refusal means: first by its own code, then by the status.</summary>
[Raises(
    ErrorCategory.Data,
    "no-such-key",
    "There is no such object, or not this version of it.",
    "Correct the data; for get and copy, `missingError` makes it a BPMN error."
)]
[Raises(ErrorCategory.Data, "no-such-bucket", "There is no such bucket.", "Create it, or correct its name.")]
[Raises(ErrorCategory.Data, "not-found", "There is no such bucket or object.", "Correct the data.")]
[Raises(
    ErrorCategory.Data,
    "no-such-upload",
    "The unfinished upload was removed meanwhile.",
    "Repeat the task; look at the lifecycle rules of the bucket."
)]
[Raises(
    ErrorCategory.Data,
    "precondition-failed",
    "The object is in another state than the one asked for.",
    "Look at the object."
)]
[Raises(
    ErrorCategory.Data,
    "conflict",
    "Another request is changing the same.",
    "Look at the object; repeat the task."
)]
[Raises(ErrorCategory.Data, "archived", "The object is in an archive.", "Restore it first.")]
[Raises(
    ErrorCategory.Data,
    "not-supported",
    "The store does not know this function.",
    "Do without it, or use another store. `details` has its message."
)]
[Raises(
    ErrorCategory.Data,
    "wrong-endpoint",
    "The bucket is elsewhere.",
    "Set `Endpoint` and `Region` of the store to where it is."
)]
[Raises(ErrorCategory.Data, "refused", "The store does not accept the request.", "Read its message in `details`.")]
[Raises(
    ErrorCategory.Access,
    "credentials-refused",
    "The store does not accept our credentials.",
    "Check keys, session token and region of the store."
)]
[Raises(
    ErrorCategory.Access,
    "clock-skewed",
    "The clocks of this machine and of the store differ too much.",
    "Set the clock."
)]
[Raises(
    ErrorCategory.Access,
    "access-denied",
    "Our account may not do this there.",
    "Check its rights, and whether the bucket is its own."
)]
[Raises(
    ErrorCategory.Connectivity,
    "unavailable",
    "The store does not work at the moment, or a gateway got no answer from behind it.",
    "Look at the store. It is retried."
)]
[Raises(ErrorCategory.Connectivity, "server-error", "The store failed.", "Look at the store. It is retried.")]
[Raises(
    ErrorCategory.Connectivity,
    "content-damaged",
    "The content was damaged on the way. Nothing of it was kept.",
    "It is retried."
)]
[Raises(
    ErrorCategory.Volumetric,
    "throttled",
    "The store gets more requests than it allows.",
    "It is retried slowly; a `Retry-After` is honoured."
)]
[Raises(
    ErrorCategory.Volumetric,
    "quota-exceeded",
    "There is no room left for us in the store.",
    "Raise the quota, or remove what is not needed."
)]
[Raises(ErrorCategory.Volumetric, "too-large", "The content is larger than the store takes.", "Send less.")]
internal sealed record AnswerMeaning(ErrorCategory Category, string Code, string Sentence, bool EffectUnknown = false)
{
    public static AnswerMeaning Of(string? code, int status) => ByCode(code) ?? ByStatus(status);

    private static AnswerMeaning? ByCode(string? code) =>
        code switch
        {
            "NoSuchKey" => new(ErrorCategory.Data, "no-such-key", "there is no such object."),
            "NoSuchVersion" => new(ErrorCategory.Data, "no-such-key", "the object has no such version."),
            "NoSuchBucket" => new(
                ErrorCategory.Data,
                "no-such-bucket",
                "there is no such bucket. Create it, or correct it."
            ),
            "NoSuchUpload" => new(
                ErrorCategory.Data,
                "no-such-upload",
                "the upload is gone: it was removed meanwhile."
            ),
            "AccessDenied" or "AllAccessDisabled" or "AccountProblem" => new(
                ErrorCategory.Access,
                "access-denied",
                "our account may not do this there. Check its rights, and whether the bucket is its own."
            ),
            "InvalidAccessKeyId"
            or "SignatureDoesNotMatch"
            or "ExpiredToken"
            or "InvalidToken"
            or "TokenRefreshRequired" => new(
                ErrorCategory.Access,
                "credentials-refused",
                "it does not accept our credentials."
            ),
            "AuthorizationHeaderMalformed" => new(
                ErrorCategory.Access,
                "credentials-refused",
                "it expects another region. Set Region of the store."
            ),
            "RequestTimeTooSkewed" => new(
                ErrorCategory.Access,
                "clock-skewed",
                "the clocks of this machine and of the store differ too much."
            ),
            "SlowDown" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequests" => new(
                ErrorCategory.Volumetric,
                "throttled",
                "it gets more requests than it allows."
            ),
            "QuotaExceeded" or "ServiceQuotaExceededException" => new(
                ErrorCategory.Volumetric,
                "quota-exceeded",
                "there is no room left for us. Raise the quota, or remove what is not needed."
            ),
            "EntityTooLarge" => new(ErrorCategory.Volumetric, "too-large", "the content is larger than it takes."),
            "PreconditionFailed" => new(
                ErrorCategory.Data,
                "precondition-failed",
                "the object there is not in the state that was asked for."
            ),
            "BadDigest" or "XAmzContentSHA256Mismatch" or "InvalidDigest" => new(
                ErrorCategory.Connectivity,
                "content-damaged",
                "the content was damaged on the way; it has not been stored."
            ),
            "RequestTimeout" => new(
                ErrorCategory.Connectivity,
                "unavailable",
                "it did not get the whole request in time."
            ),
            // Also in an answer that began with 200 (OK), as those to long work do.
            "InternalError" => new(ErrorCategory.Connectivity, "server-error", "it failed.", true),
            "ServiceUnavailable" => new(
                ErrorCategory.Connectivity,
                "unavailable",
                "it does not work at the moment.",
                true
            ),
            "InvalidObjectState" => new(
                ErrorCategory.Data,
                "archived",
                "the object is in an archive. Restore it first."
            ),
            "NotImplemented" => new(ErrorCategory.Data, "not-supported", "it does not know this function."),
            _ => null,
        };

    private static AnswerMeaning ByStatus(int status) =>
        status switch
        {
            401 => new(ErrorCategory.Access, "credentials-refused", "it does not accept our credentials."),
            403 => new(ErrorCategory.Access, "access-denied", "our account may not do this there."),
            404 => new(ErrorCategory.Data, "not-found", "there is no such bucket or object."),
            408 => new(ErrorCategory.Connectivity, "unavailable", "it did not get the whole request in time."),
            409 => new(ErrorCategory.Data, "conflict", "another request is changing the same."),
            304 or 412 => new(
                ErrorCategory.Data,
                "precondition-failed",
                "the object there is not in the state that was asked for."
            ),
            413 => new(ErrorCategory.Volumetric, "too-large", "the content is larger than it takes."),
            429 => new(ErrorCategory.Volumetric, "throttled", "it gets more requests than it allows."),
            501 => new(ErrorCategory.Data, "not-supported", "it does not know this function."),
            507 => new(ErrorCategory.Volumetric, "quota-exceeded", "there is no room left."),
            503 => new(ErrorCategory.Connectivity, "unavailable", "it does not work at the moment.", true),
            502 or 504 => new(
                ErrorCategory.Connectivity,
                "unavailable",
                "a gateway got no answer from behind it.",
                true
            ),
            >= 500 => new(ErrorCategory.Connectivity, "server-error", "it failed.", true),
            >= 300 and < 400 => new(
                ErrorCategory.Data,
                "wrong-endpoint",
                "the bucket is elsewhere. Set Endpoint and Region of the store to where it is."
            ),
            < 300 => new(ErrorCategory.Connectivity, "server-error", "it failed after it had begun to answer.", true),
            _ => new(ErrorCategory.Data, "refused", "it does not accept the request."),
        };
}
