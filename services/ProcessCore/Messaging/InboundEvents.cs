using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>Process starts and messages. Each method returns why the event cannot be taken, or null when it was.</summary>
internal sealed class InboundEvents(Starts starts, Messages messages)
{
    public async Task<ErrorInfo?> StartAsync(Delivery delivery, TraceContext trace)
    {
        if (!delivery.TryRead(ContractJson.Default.ProcessStart, Limits.Body, out var e, out var error))
            return error;
        var names = Names.Check(("requestId", e.RequestId), ("businessKey", e.BusinessKey), ("tenant", e.Tenant));
        if (names is { Reason: var reason })
            return Unreadable.Malformed(reason);
        if (e.Variables.ValueKind != JsonValueKind.Object)
            return Unreadable.Malformed("variables must be a JSON object.");

        var result = await starts.StartAsync(
            new StartRequest(e.Definition, e.Version, e.BusinessKey, e.Variables, e.RequestId, e.Tenant),
            trace,
            CancellationToken.None
        );
        return result.Problem is { } problem ? new ErrorInfo(ErrorCategory.Data, problem.Code, problem.Text) : null;
    }

    public async Task<ErrorInfo?> MessageAsync(Delivery delivery, TraceContext trace)
    {
        if (!delivery.TryRead(ContractJson.Default.MessageReceived, Limits.Body, out var e, out var error))
            return error;
        var names = Names.Check(
            ("name", e.Name),
            ("requestId", e.RequestId),
            ("correlationKey", e.CorrelationKey),
            ("tenant", e.Tenant)
        );
        if (names is { Reason: var reason })
            return Unreadable.Malformed(reason);
        if (e.Variables.ValueKind != JsonValueKind.Object)
            return Unreadable.Malformed("variables must be a JSON object.");
        await messages.TakeAsync(e, trace, CancellationToken.None);
        return null;
    }
}
