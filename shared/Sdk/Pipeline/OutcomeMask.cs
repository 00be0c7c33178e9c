using System.Text.Json;
using Integration.Contracts;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>Keeps the values of secrets out of what a task ends with.</summary>
internal sealed class OutcomeMask(SecretMask mask, OutcomeEvents events)
{
    public Outcome Apply(Outcome outcome, TaskRequested request)
    {
        if (mask.IsEmpty)
            return outcome;
        var message = outcome.Message;
        var body = mask.ApplyToJson(message.Body);
        if (!body.Equals(message.Body) && message.Properties.Type == EventTypes.TaskErrored && HoldsSecrets(request))
            body = mask.ApplyToJson(events.WithMaskedRequest(message).Body);
        return outcome with { Message = message with { Body = body } };
    }

    private bool HoldsSecrets(TaskRequested request)
    {
        ReadOnlyMemory<byte> written = JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Default.TaskRequested);
        return !mask.ApplyToJson(written).Equals(written);
    }
}
