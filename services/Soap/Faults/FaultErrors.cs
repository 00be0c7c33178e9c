using Integration.Contracts;
using Integration.Errors;
using Integration.Http;
using Integration.Soap.Envelope;
using Integration.Soap.Mapping;
using Integration.Soap.Security;

namespace Integration.Soap.Faults;

/// <summary>The error that a fault means which the task has not declared as a business error.</summary>
/// <remarks>
/// A fault is an answer: the service has looked at the message. Only one that says that the service failed leaves open what it has
/// done before, in the words of the envelope or in its own.
/// </remarks>
[Raises(
    ErrorCategory.Data,
    "declared-fault",
    "The service answered with a fault that its WSDL declares, and the task does not.",
    "Correct the input as the fault says. If the process should decide, declare the fault in the task's errors."
)]
[Raises(
    ErrorCategory.Data,
    "sender-fault",
    "The service does not accept the message (a fault Client or Sender).",
    "Correct the input, or the settings of the service, as the fault's reason says."
)]
[Raises(
    ErrorCategory.Connectivity,
    "receiver-fault",
    "The service failed (a fault Server or Receiver, or a code of its own that says so). It may have done what was asked.",
    "Operations that may be repeated are. For others look into the target, then retry or give up."
)]
[Raises(
    ErrorCategory.Data,
    "custom-fault",
    "The service answered with a fault whose code is its own, and the task has not declared it.",
    "Look up the code in the documentation of the service. If the process should decide, declare it in the task's errors."
)]
[Raises(
    ErrorCategory.Access,
    "security-fault",
    "The service refuses the security header: credentials, signature or timestamp.",
    "Check user name, password, certificate and the clocks of both machines, and what of WS-Security the service wants."
)]
[Raises(
    ErrorCategory.Data,
    "header-not-understood",
    "The service does not know a header of the message that it must understand.",
    "Remove the header, or for the security header set SecurityMustUnderstand to false."
)]
[Raises(
    ErrorCategory.Data,
    "version-mismatch",
    "The service does not take this version of SOAP at this address.",
    "Name a port of the WSDL for the other version."
)]
internal static class FaultErrors
{
    /// <summary>The typed error, with the fault as its details.</summary>
    public static TaskErrorException Of(HttpCall call, SoapFault fault, int status)
    {
        var (code, sentence) = Meaning(fault);
        var reason = fault.Reason.Length > 0 ? $" '{fault.Reason}'" : "";
        var message = $"{call} answered with the fault {FaultNames.Text(fault.Code)}{reason}: {sentence}";
        var details = FaultView.Of(fault);
        return code switch
        {
            "receiver-fault" => new ConnectivityErrorException(code, message)
            {
                Status = status,
                Target = call.Target,
                Details = details,
                EffectUnknown = true,
            },
            "security-fault" => new AccessErrorException(code, message)
            {
                Status = status,
                Target = call.Target,
                Details = details,
            },
            _ => new DataErrorException(code, message)
            {
                Status = status,
                Target = call.Target,
                Details = details,
            },
        };
    }

    private static (string Code, string Sentence) Meaning(SoapFault fault)
    {
        if (fault.Details.SelectMany(detail => detail.Faults).FirstOrDefault() is { } declared)
            return (
                "declared-fault",
                $"the WSDL declares it as '{declared}'. Correct the input, or declare it in the task's errors."
            );
        if (
            fault
                .Subcodes.Prepend(fault.Code)
                .Any(code => code.Namespace is SecurityNames.Extension or SecurityNames.Utility)
        )
            return ("security-fault", "it refuses our security header.");
        // Some servers forget the namespace, and others have codes of their own that say the same.
        var isOwn = fault.Code.Namespace.Length > 0 && !EnvelopeNames.IsEnvelope(fault.Code.Namespace);
        if (ReceiverCodes.Are(fault.Code) || (isOwn && fault.Subcodes.Any(ReceiverCodes.Are)))
            return ("receiver-fault", "it failed.");
        if (isOwn)
            return fault.Subcodes.Prepend(fault.Code).Any(SenderCodes.Are) ? Sender : Custom;
        // 4.4.1 of SOAP 1.1: what follows a dot is more specific.
        return FaultNames.Local(fault.Code).Split('.')[0] switch
        {
            "Client" or "Sender" or "DataEncodingUnknown" => Sender,
            "MustUnderstand" => ("header-not-understood", "it does not know a header that it must understand."),
            "VersionMismatch" => ("version-mismatch", "it does not take this version of SOAP."),
            _ => Custom,
        };
    }

    private static (string Code, string Sentence) Sender => ("sender-fault", "it does not accept the message.");

    private static (string Code, string Sentence) Custom => ("custom-fault", "the code is the service's own.");
}
