using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Files;
using Integration.Http;
using Integration.Sdk;
using Integration.Soap.Addressing;
using Integration.Soap.Envelope;
using Integration.Soap.Faults;
using Integration.Soap.Mapping;
using Integration.Soap.Security;
using Integration.Soap.Services;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Call;

/// <summary>Makes a call of a task: everything that can be wrong with it is reported here, before anything is sent.</summary>
[Raises(
    ErrorCategory.Data,
    "address-unusable",
    "The WSDL gives no address to call, or one without TLS although it came by TLS itself.",
    "Set Soap__Services__NAME__Address to the right address. Then retry."
)]
internal sealed class CallPreparation(
    ServiceCatalog services,
    Secrets secrets,
    IFileStores files,
    IOptions<SoapOptions> soap,
    IOptions<HttpTransportOptions> transport,
    TimeProvider time
)
{
    public async Task<PreparedCall> PrepareAsync(CallInput input, TaskContext task, CancellationToken cancellation)
    {
        var service = services.Get(input.Service);
        var wsdl = await service.DescribeAsync(cancellation);
        var port = service.PortOf(wsdl, input.Port, input.Operation);
        var operation = port.Operation(input.Operation);
        DeclaredFaults.Check(input.Errors, operation);
        if (input.FileStore is { } store)
            files.Require(store);
        CheckToken(input.UserNameToken);
        var address = AddressOf(service, wsdl, port);
        var told = await new CallSecrets(secrets, address).RevealAsync(input, cancellation);
        CheckCharacters(told.UserNameToken);
        var message = Message(told, task, service, port, operation, address);
        var withFiles = input.FileStore is not null || message.Content.Files.Count > 0;
        var body = new MessageBody(message, files, time, soap.Value.MaxSignedBytes);
        var call = new HttpCall
        {
            Method = HttpMethod.Post,
            Uri = address,
            Place = $"{address.GetLeftPart(UriPartial.Path)} ({operation.Name})",
            Headers = HttpHeaders.Of(told, task, port.Version, operation.SoapAction),
            Authentication = input.Authentication ?? service.Authentication,
            MayRepeat = task.Effect != Effect.Once,
            Limits = CallLimitsReader.Of(input, withFiles, soap.Value, transport.Value),
            Streamed = await body.PrepareAsync(cancellation),
        };
        return new PreparedCall(call, operation, message.Addressing?.MessageId);
    }

    private static void CheckToken(TaskToken? token)
    {
        if (token is not null && !Secrets.AreIn(token.Password))
            throw InvalidInput.At(
                "userNameToken.password",
                "is written out, and tasks are stored. Name a secret of the service: {{secrets.NAME}}."
            );
    }

    private static void CheckCharacters(TaskToken? token)
    {
        if (token is null)
            return;
        if (XmlText.BadCharacter(token.UserName) is { } inName)
            throw InvalidInput.At("userNameToken.userName", $"{inName}. Remove it.");
        if (Security.UserNameToken.Problem(token.Password, token.PasswordType) is { } inPassword)
            throw InvalidInput.At("userNameToken.password", $"{inPassword}. Correct the secret that it names.");
    }

    private static OutgoingMessage Message(
        CallInput input,
        TaskContext task,
        ConfiguredService service,
        WsdlPort port,
        WsdlOperation operation,
        Uri address
    )
    {
        var token = input.UserNameToken is { } own
            ? new UserNameToken(own.UserName, own.Password, own.PasswordType)
            : null;
        var addressing = service.Options.Addressing ?? (port.Addressing != AddressingUse.None);
        return new OutgoingMessage(
            port.Version,
            operation.Messages!.Map(input.Input, input.Headers),
            service.Security.Header(token, ServiceCatalog.Target(address)),
            addressing
                ? new AddressingHeaders(
                    AddressingHeaders.MessageIdOf(task.IdempotencyKey),
                    address.AbsoluteUri,
                    operation.AddressingAction
                )
                : null
        );
    }

    private static Uri AddressOf(ConfiguredService service, WsdlDescription wsdl, WsdlPort port)
    {
        var setting = $"Set Soap__Services__{service.Name}__Address to the right one.";
        var address =
            service.AddressOf(port)
            ?? throw Unusable($"The port '{port.Name}' of {wsdl.Location} has no address. {setting}");
        if (address.Scheme is not ("http" or "https"))
            throw Unusable(
                $"The port '{port.Name}' of {wsdl.Location} has the address {address}, which is not HTTP. {setting}"
            );
        // Credentials must not leave TLS, or go to another party, because a document says so.
        if (service.Options.Address.Length == 0 && wsdl.Location.Scheme != "http" && port.Document.Scheme == "http")
            throw Unusable(
                $"The address {address} stands in {port.Document}, which came without TLS as a part of {wsdl.Location}, and may be "
                    + $"forged. {setting}"
            );
        if (service.Options.Address.Length == 0 && wsdl.Location.Scheme == "https" && address.Scheme == "http")
            throw Unusable($"{wsdl.Location} came by https, but its address {address} is without TLS. {setting}");
        return address;
    }

    private static DataErrorException Unusable(string message) => new("address-unusable", message) { Status = -1 };
}
