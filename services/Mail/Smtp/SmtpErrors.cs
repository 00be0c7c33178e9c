using Integration.Contracts;
using Integration.Errors;

namespace Integration.Mail.Smtp;

/// <summary>What goes wrong between us and a mail server, as errors of the contract.</summary>
[Raises(
    ErrorCategory.Data,
    "mail-refused",
    "The server refuses the mail for good, e.g. its content. It was not sent.",
    "Read its answer."
)]
[Raises(
    ErrorCategory.Data,
    "malformed-answer",
    "What answers is no mail server.",
    "Check `Host` and `Port` of the account."
)]
[Raises(
    ErrorCategory.Access,
    "sender-refused",
    "The server does not allow the sender. The mail was not sent.",
    "Correct `from`, or ask who runs the server."
)]
[Raises(ErrorCategory.Access, "authentication-failed", "User, password or token are wrong.", "Correct the account.")]
[Raises(
    ErrorCategory.Access,
    "authentication-required",
    "The server wants authentication.",
    "Set `User` and `PasswordFile` of the account."
)]
[Raises(ErrorCategory.Access, "server-refused", "The server does not talk to us.", "Read its answer.")]
[Raises(
    ErrorCategory.Connectivity,
    "unavailable",
    "The server asks to come back later. The mail was not sent.",
    "Wait; it is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "timeout",
    "The server is too slow. The mail was not sent.",
    "Look at it; raise the timeout that the message names."
)]
[Raises(
    ErrorCategory.Connectivity,
    "connection-lost",
    "The connection ended. The mail was not sent.",
    "Look at the server; it is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "tls-failed",
    "The server speaks no TLS on this port, or none that both sides accept.",
    "Check `Port` and `Security` of the account."
)]
[Raises(
    ErrorCategory.Volumetric,
    "throttled",
    "The server takes no more for now. The mail was not sent.",
    "Wait; it is retried slowly."
)]
[Raises(ErrorCategory.Volumetric, "too-large", "The server takes no mail of this size.", "Send less.")]
internal static class SmtpErrors
{
    private const string NotSent = " The mail was not sent.";
    private const string Unknown = " It may have taken the mail.";

    public static ConnectivityErrorException Lost(string target, string what, bool effectUnknown, Exception? cause) =>
        new("connection-lost", $"{target} {what}.{(effectUnknown ? Unknown : NotSent)}", cause)
        {
            Target = target,
            EffectUnknown = effectUnknown,
        };

    public static ConnectivityErrorException Timeout(
        string target,
        TimeSpan limit,
        bool effectUnknown,
        Exception cause
    ) =>
        new(
            "timeout",
            $"{target} did not answer within {limit.TotalSeconds:0.###} s.{(effectUnknown ? Unknown : NotSent)}",
            cause
        )
        {
            Target = target,
            EffectUnknown = effectUnknown,
        };

    public static ConnectivityErrorException Tls(string target, string reason, Exception? cause = null) =>
        new("tls-failed", $"No TLS connection to {target}: {reason}{NotSent}", cause) { Target = target };

    public static DataErrorException Malformed(string target, string problem, bool effectUnknown) =>
        new("malformed-answer", $"{target} answered {problem}.{(effectUnknown ? Unknown : NotSent)}")
        {
            Target = target,
            EffectUnknown = effectUnknown,
        };

    /// <summary>A refusal.</summary>
    public static TaskErrorException Of(string target, SmtpStage stage, SmtpReply reply) =>
        reply.Code is < 400 or > 599
            ? Malformed(target, $"{Place(stage)} with {reply}, which does not belong there", stage == SmtpStage.Content)
        : reply.IsTemporary ? Temporary(target, stage, reply)
        : Permanent(target, stage, reply);

    private static TaskErrorException Temporary(string target, SmtpStage stage, SmtpReply reply) =>
        reply.Code == 452 || reply.EnhancedCode is "4.2.2" or "4.3.1" or "4.5.3"
            ? new VolumetricErrorException("throttled", Message(target, stage, "takes no more for now", reply))
            {
                Retryable = true,
                Status = reply.Code,
                Target = target,
            }
            : new ConnectivityErrorException("unavailable", Message(target, stage, "asks to come back later", reply))
            {
                Status = reply.Code,
                Target = target,
            };

    private static TaskErrorException Permanent(string target, SmtpStage stage, SmtpReply reply) =>
        reply.Code == 552 || reply.EnhancedCode is "5.2.3" or "5.3.4"
            ? new VolumetricErrorException("too-large", Message(target, stage, "finds the mail too large", reply))
            {
                Status = reply.Code,
                Target = target,
            }
        : reply.Code is 530
            ? Access(
                "authentication-required",
                target,
                stage,
                "wants authentication: set User and Password of the account",
                reply
            )
        : stage switch
        {
            SmtpStage.Greeting or SmtpStage.Hello => Access("server-refused", target, stage, "refuses us", reply),
            SmtpStage.StartTls => Access("server-refused", target, stage, "refuses TLS", reply),
            SmtpStage.Authentication => Access(
                "authentication-failed",
                target,
                stage,
                "refuses our credentials: check User and Password or Token of the account",
                reply
            ),
            SmtpStage.Sender => Access("sender-refused", target, stage, "refuses the sender", reply),
            _ => new DataErrorException("mail-refused", Message(target, stage, "refuses the mail", reply))
            {
                Status = reply.Code,
                Target = target,
            },
        };

    private static AccessErrorException Access(
        string code,
        string target,
        SmtpStage stage,
        string what,
        SmtpReply reply
    ) => new(code, Message(target, stage, what, reply)) { Status = reply.Code, Target = target };

    private static string Message(string target, SmtpStage stage, string what, SmtpReply reply) =>
        $"{target} {what}. It answered {Place(stage)}: {reply}.{NotSent}";

    private static string Place(SmtpStage stage) =>
        stage switch
        {
            SmtpStage.Greeting => "the connection",
            SmtpStage.Hello => "our greeting",
            SmtpStage.StartTls => "STARTTLS",
            SmtpStage.Authentication => "the authentication",
            SmtpStage.Sender => "the sender",
            SmtpStage.Recipient => "a recipient",
            SmtpStage.Data => "DATA",
            _ => "the whole mail",
        };
}
