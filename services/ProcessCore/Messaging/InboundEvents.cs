using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>Process starts and messages. Each method returns why the event cannot be taken, or null when it was.</summary>
internal sealed class InboundEvents(
    Starts starts,
    Messages messages,
    Addressing addressing,
    Refusals refusals,
    CoreMetrics metrics,
    ILogger<InboundEvents> log
)
{
    public async Task<ErrorInfo?> StartAsync(Delivery delivery, TraceContext trace)
    {
        var readable = delivery.TryRead(ContractJson.Default.ProcessStart, Limits.Body, out var e, out var error);
        if (e is null)
            return error;
        if (addressing.Check(delivery, e.Engine, RoutingKeys.Start(e.Definition, e.Engine)) is { } astray)
            return astray;
        if (!readable)
            return await RefuseAsync(delivery, e, error!);

        var result = await starts.StartAsync(
            new StartRequest(e.Definition, e.Version, e.BusinessKey, e.Variables, e.RequestId, e.Tenant, e.ReplyTo),
            trace,
            CancellationToken.None
        );
        return result.Problem is { } problem
            ? await RefuseAsync(delivery, e, new ErrorInfo(ErrorCategory.Data, problem.Code, problem.Text))
            : null;
    }

    public async Task<ErrorInfo?> MessageAsync(Delivery delivery, TraceContext trace)
    {
        if (!delivery.TryRead(ContractJson.Default.MessageReceived, Limits.Body, out var e, out var error))
            return error;
        if (addressing.Check(delivery, e.Engine, RoutingKeys.Message(e.Name, e.Engine)) is { } astray)
            return astray;
        await messages.TakeAsync(e, trace, CancellationToken.None);
        return null;
    }

    /// <summary>Answers a requester that wants an answer, and returns null: error treatment need not know. Otherwise returns the error.</summary>
    private async Task<ErrorInfo?> RefuseAsync(Delivery delivery, ProcessStart start, ErrorInfo error)
    {
        if (!EventRules.CanBeAnswered(start))
            return error;
        if (error.Code == Starts.UnknownDefinition)
            error = error with { Code = ErrorCodes.UnknownProcess };
        if (!await starts.IsKnownAsync(start.RequestId, CancellationToken.None))
        {
            await refusals.AnswerAsync(delivery, Reduced(start), error, CancellationToken.None);
            return null;
        }

        // What has been started by an earlier event with the same id has its own end, and no second one.
        metrics.Repeated(error.Code);
        log.LogWarning(
            "A process start by {ReplyTo} repeats the request {RequestId}, which has started an instance before, and could not be taken "
                + "({Code}: {Reason}). Nothing was done with it, and the only answer is the one about that instance.",
            start.ReplyTo,
            start.RequestId,
            error.Code,
            error.Message
        );
        return null;
    }

    /// <summary>Without what readers of the answer would not take.</summary>
    private static ProcessStart Reduced(ProcessStart start) =>
        start with
        {
            Definition = Names.Cut(start.Definition),
            Version = start.Version is < 1 ? null : start.Version,
            BusinessKey = Names.Check("businessKey", start.BusinessKey) is null ? start.BusinessKey : null,
            Tenant = Names.Check("tenant", start.Tenant) is null ? start.Tenant : null,
        };
}
