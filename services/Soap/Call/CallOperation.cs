using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Integration.Http;
using Integration.Sdk;
using Integration.Soap.Answers;
using Integration.Soap.Envelope;
using Integration.Soap.Faults;
using Integration.Soap.Security;
using Integration.Soap.Services;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Call;

/// <summary>Calls an operation of a SOAP service by its WSDL.</summary>
/// <remarks>Declared as <see cref="Effect.Once"/>, the cautious one; the settings of the service say which operations may be repeated.</remarks>
[Operation("soap.call", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(DeclaredFaults))]
[RaisesFrom(typeof(FaultErrors))]
[RaisesFrom(typeof(AnswerReader))]
[RaisesFrom(typeof(AnswerHeaderReader))]
[RaisesFrom(typeof(CallPreparation))]
[RaisesFrom(typeof(WsdlErrors))]
[RaisesFrom(typeof(HttpDocuments))]
[RaisesFrom(typeof(ServiceSecurity))]
[RaisesFrom(typeof(LimitedBuffer))]
[RaisesFrom(typeof(HttpCaller))]
[RaisesFrom(typeof(StatusErrors))]
[RaisesFrom(typeof(Secrets))]
[RaisesFrom(typeof(S3Files))]
internal sealed class CallOperation(
    CallPreparation preparation,
    ServiceCatalog services,
    HttpCaller http,
    IFileStores files,
    IOptions<SoapOptions> options
) : Operation<CallInput, CallOutput>
{
    /// <inheritdoc />
    public override Effect EffectOf(CallInput input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return services.EffectOf(input.Service, input.Operation)
            ?? (input.IdempotencyHeader is null ? declared : Effect.Idempotent);
    }

    /// <inheritdoc />
    public override string? TargetOf(CallInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return services.TargetOf(input.Service, input.Port, input.Operation);
    }

    /// <inheritdoc />
    public override async Task<CallOutput> ExecuteAsync(
        CallInput input,
        TaskContext task,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(task);
        var call = await PrepareAsync(input, task, cancellation);
        var reader = new AnswerReader(
            call.Http,
            call.Operation,
            input,
            call.MessageId,
            files,
            options.Value,
            task.Time
        );
        return await http.SendAsync(call.Http, reader.ReadAsync, cancellation);
    }

    // Whatever goes wrong in here, nothing was sent.
    private async Task<PreparedCall> PrepareAsync(CallInput input, TaskContext task, CancellationToken cancellation)
    {
        try
        {
            // A file store does not know its caller, nor that its own doubt is none about the call.
            return await BeforeEffect.RunAsync(() => preparation.PrepareAsync(input, task, cancellation));
        }
        catch (Exception e) when (e is not (TaskErrorException or OperationCanceledException))
        {
            throw new InternalErrorException(
                ErrorCodes.UnhandledException,
                $"The call could not be prepared, and nothing was sent: {e.GetType().Name}: {e.Message}",
                e
            )
            {
                Status = -1,
            };
        }
    }
}
