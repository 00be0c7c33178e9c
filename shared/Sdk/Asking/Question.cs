using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>An inner task that is to be asked for, and the message that asks.</summary>
internal sealed record Question(string Step, TaskRequested Inner, OutgoingMessage Message, byte[] Fingerprint)
{
    /// <exception cref="TaskErrorException">No service would take it; the message names the step and what is wrong.</exception>
    public static Question Of(
        string step,
        TaskRequested outer,
        string replyTo,
        (string Name, int Version, object Inputs) wanted,
        EventMessages messages,
        int limit
    )
    {
        var inner = new TaskRequested(
            InnerTaskId.Of(outer.ReplyTo, outer.TaskId, step),
            wanted.Name,
            wanted.Version,
            replyTo,
            JsonSerializer.SerializeToElement(wanted.Inputs, OperationJson.Options),
            Process: outer.Process,
            Deadline: outer.Deadline,
            Tenant: outer.Tenant,
            Parent: new ParentTask(outer.TaskId, outer.ReplyTo, outer.Operation)
        );
        var message = messages.Of(inner);
        // As its receiver will read it: a request that no receiver could take must not leave the outer task waiting.
        var delivery = new Delivery(message.Exchange, message.RoutingKey, message.Properties, message.Body);
        if (!delivery.TryRead(ContractJson.Default.TaskRequested, limit, out _, out var unreadable))
            throw AnswerErrors.Of(unreadable, $"Step '{step}' ({wanted.Name}) cannot be asked.");
        return new Question(step, inner, message, Sdk.Fingerprint.Of(inner));
    }

    /// <summary>As it is recorded before it is asked.</summary>
    public AskedTask ToAsked(TaskRequested outer) =>
        new(
            Inner.TaskId,
            outer.ReplyTo,
            outer.TaskId,
            Step,
            Inner.Operation,
            Inner.Version,
            Fingerprint,
            AskedState.Recorded,
            Answer: null
        );
}
